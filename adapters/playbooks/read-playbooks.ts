import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const Declared = z.strictObject({
  name: z.string().min(1).max(120),
  description: z.string().max(1000).default(''),
  for: z.array(z.string().min(1).max(40)).min(1).max(20),
  url: z
    .url({ protocol: /^https?$/ })
    .refine(
      (url) => !URL.canParse(url) || new URL(url).protocol === 'https:' || loopback.has(new URL(url).hostname),
      'must begin with https://: http is for this machine only',
    ),
  secretEnv: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable')
    .optional(),
  approval: z.enum(['required', 'none']).default('none'),
  timeoutSeconds: z.number().min(1).max(300).default(30),
  inputs: z
    .array(
      z.strictObject({
        name: z.string().regex(/^\w{1,40}$/),
        label: z.string().max(60).optional(),
        required: z.boolean().default(false),
      }),
    )
    .max(10)
    .default([]),
});
const File = z.strictObject({ playbooks: z.array(Declared).max(100) });

export type DeclaredPlaybook = z.infer<typeof Declared> & { secret?: string };

/** Reads the file of playbooks; throws with all its faults at once. Secrets come from the environment and never from the file. */
export function readPlaybooks(path: string, secretOf: (name: string) => string | undefined): DeclaredPlaybook[] {
  const parsed = File.safeParse(parse(readFileSync(path, 'utf8')));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `- ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`${path} is wrong:\n${faults.join('\n')}`);
  }
  const names = parsed.data.playbooks.map((one) => one.name.toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`${path}: two playbooks are named “${twice}”`);
  return parsed.data.playbooks.map((one) => {
    if (!one.secretEnv) return one;
    const secret = secretOf(one.secretEnv);
    if (!secret) throw new Error(`${path}: ${one.secretEnv}, the secret of “${one.name}”, is not set`);
    return { ...one, secret };
  });
}
