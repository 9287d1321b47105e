import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Compiled, CompileInput, StoredFunction, TableSchema } from './compile-input';
import type { FromWorker, ToWorker } from './compiler-messages';
import { KqlError } from './kql-error';
import { checkSize } from './query-size';
import type { Outcome } from './question';

export interface CompilerThread {
  /** One round: what is compiled, or a question to answer first. Rejects with KqlError: code `limit` past the time, length or nesting allowed. Calls are served one after the other. */
  compile(input: CompileInput): Promise<Outcome<Compiled>>;
  close(): Promise<void>;
}

export interface CompilerThreadOptions {
  /** For one query, once the parser is loaded. */
  milliseconds?: number;
  /** Megabytes of heap of the thread. The symbols of 898 tables take 75. */
  memory?: number;
}

interface Waiting {
  input: CompileInput;
  resolve(outcome: Outcome<Compiled>): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  /** Resolves when the parser is loaded. */
  ready: Promise<void>;
  /** What the thread has been sent of the catalogue, which is too big to send with each query. */
  tables?: TableSchema[];
  functions?: StoredFunction[] | undefined;
  /** Stays true where a query was not answered, or broke the thread: then it is not asked again. */
  busy?: boolean;
}

/** The compiler in a thread that is killed when a query takes too long, and started again for the next. */
export function createCompilerThread({
  milliseconds = 5_000,
  memory = 1_024,
}: CompilerThreadOptions = {}): CompilerThread {
  const queue: Waiting[] = [];
  let thread: Thread | undefined = startThread(memory);
  let busy = false;
  let closed = false;

  async function serve(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      thread ??= startThread(memory);
      try {
        next.resolve(await ask(thread, next.input, milliseconds));
      } catch (error) {
        if (thread.busy) {
          await thread.worker.terminate();
          thread = closed ? undefined : startThread(memory);
        }
        next.reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    busy = false;
  }

  return {
    compile(input) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the compiler is closed'));
        checkSize(input.text);
        queue.push({ input, resolve, reject });
        void serve();
      });
    },
    async close() {
      closed = true;
      for (const one of queue.splice(0)) one.reject(new Error('the compiler is closed'));
      await thread?.worker.terminate();
      thread = undefined;
    },
  };
}

async function ask(thread: Thread, input: CompileInput, milliseconds: number): Promise<Outcome<Compiled>> {
  thread.busy = true;
  await thread.ready;
  const { tables, functions, ...rest } = input;
  const message: ToWorker = {
    ...rest,
    ...(thread.tables === tables ? {} : { tables }),
    ...(thread.functions === functions ? {} : { functions: functions ?? [] }),
  };
  thread.tables = tables;
  thread.functions = functions;
  const { worker } = thread;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(
            new KqlError('limit', `the query took more than ${milliseconds / 1000} s to compile`, 0, input.text.length),
          ),
        ),
      milliseconds,
    );
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (answer: FromWorker) => {
      if (answer.kind === 'ready') return;
      thread.busy = answer.kind === 'failed' && answer.broken;
      settle(() =>
        answer.kind === 'failed'
          ? reject(new KqlError(answer.code, answer.message, answer.start, answer.length, answer.missing))
          : resolve(answer),
      );
    };
    const onError = (error: Error) => settle(() => reject(fatal(error, input)));
    const onExit = () => settle(() => reject(new KqlError('internal', 'the compiler stopped', 0, input.text.length)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(message);
  });
}

function fatal(error: Error, input: CompileInput): KqlError {
  const memory = Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
  return new KqlError(
    memory ? 'limit' : 'internal',
    memory ? 'the query needs too much memory to compile' : 'the compiler failed',
    0,
    input.text.length,
  );
}

function startThread(memory: number): Thread {
  const options = { resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: 16 } };
  const compiled = join(__dirname, 'compiler-worker.js');
  const worker = existsSync(compiled)
    ? new Worker(compiled, options)
    : new Worker(fromSource, { ...options, eval: true, workerData: { file: join(__dirname, 'compiler-worker.ts') } });
  worker.unref();
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new KqlError('internal', 'the compiler stopped', 0)));
  });
  // The first query asks for it; a thread that nobody asks must not bring the process down.
  ready.catch(() => undefined);
  return { worker, ready };
}

/** In tests the sources run as they are, without a build: the thread then translates TypeScript as it loads it. */
const fromSource = `
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { file } = require('node:worker_threads').workerData;
const fromFile = createRequire(file);
const { transformSync } = fromFile('@swc/core');
const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' }, sourceMaps: 'inline' };
require.extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
fromFile(file);
`;
