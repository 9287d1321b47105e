import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { AttackData } from '../../domain/attack';
import { UserError } from '../../errors';

const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), data: AttackData }),
  z.object({ kind: z.literal('refused'), message: z.string(), advice: z.string().optional() }),
]);

/** Reads a STIX bundle of 50 MB in a thread of its own, so that nobody waits for an answer meanwhile. Rejects with UserError. */
export function readAttackFile(path: string): Promise<AttackData> {
  const options = { resourceLimits: { maxOldGenerationSizeMb: 2048 } };
  const compiled = join(__dirname, 'attack-worker.js');
  const worker = existsSync(compiled)
    ? new Worker(compiled, { ...options, workerData: { path } })
    : new Worker(fromSource, {
        ...options,
        eval: true,
        workerData: { path, file: join(__dirname, 'attack-worker.ts') },
      });
  return new Promise((resolve, reject) => {
    worker.once('message', (message: unknown) => {
      const answer = Answer.safeParse(message);
      if (!answer.success) reject(new Error('the reader of ATT&CK gave an answer of another shape'));
      else if (answer.data.kind === 'read') resolve(answer.data.data);
      else reject(new UserError('bad-input', answer.data.message, answer.data.advice));
    });
    worker.once('error', (error) =>
      reject(
        Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new UserError('too-large', 'The file needs more than 2 GB of memory to be read.')
          : error,
      ),
    );
    worker.once('exit', () => reject(new Error('the reader of ATT&CK stopped')));
  });
}

/** In tests the sources run as they are, without a build: the thread then translates TypeScript as it loads it. */
const fromSource = `
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { file } = require('node:worker_threads').workerData;
const fromFile = createRequire(file);
const { transformSync } = fromFile('@swc/core');
const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } };
require.extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
fromFile(file);
`;
