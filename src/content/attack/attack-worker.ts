import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { UserError } from '../../errors';
import { readStixBundle } from './read-stix-bundle';

/** MITRE's own is 50 MB. */
const mostBytes = 300 * 1024 * 1024;

const { path } = z.object({ path: z.string() }).parse(workerData);

function answer(): object {
  try {
    const { size } = statSync(path);
    if (size > mostBytes)
      return { kind: 'refused', message: `The file has ${Math.ceil(size / 1024 / 1024)} MB; at most 300 are read.` };
    return { kind: 'read', data: readStixBundle(JSON.parse(readFileSync(path, 'utf8'))) };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'refused', message: error.message, advice: error.advice };
    if (error instanceof SyntaxError) return { kind: 'refused', message: 'The file is no JSON.' };
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return {
      kind: 'refused',
      message: `The file cannot be read (${typeof code === 'string' ? code : 'unknown fault'}).`,
    };
  }
}

parentPort?.postMessage(answer());
