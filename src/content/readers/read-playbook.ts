import { z } from 'zod';
import { fileFault, listOf, readYaml, trimmedText, version } from './sentinel-yaml';

/** A declared action as its author's file has it: `text` is the file. */
export interface PlaybookContent {
  id: string;
  name: string;
  description: string;
  /** The entity types, or `Incident`, that it works on. */
  worksOn: string[];
  text: string;
  version: string;
  source: string;
}

const One = z.object({
  id: z.string().nullish(),
  name: trimmedText.pipe(z.string().min(1, 'is missing')),
  description: z.string().nullish(),
  for: z.union([trimmedText.transform((one) => [one]), listOf(trimmedText)]).nullish(),
  version,
});
const PlaybookFile = z.union([
  z.object({ playbooks: z.array(One).min(1) }),
  One.transform((one) => ({ playbooks: [one] })),
]);

/** Reads one playbook: an entry of `playbooks:` as they are declared, without its secret. Throws UserError `bad-input`, naming `source` and every fault. */
export function readPlaybook(yamlText: string, source: string): PlaybookContent {
  const { playbooks } = readYaml(yamlText, source, 'playbook', PlaybookFile);
  const [one, another] = playbooks;
  if (!one || another) throw fileFault(source, 'holds more than one playbook: give each a file of its own');
  return {
    id: (one.id ?? one.name).toLowerCase(),
    name: one.name,
    description: (one.description ?? '').trim(),
    worksOn: one.for ?? [],
    text: yamlText,
    version: one.version,
    source,
  };
}
