import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ChartRequest, PictureError } from '../../ports/pictures';
import type { FromDrawing, ToDrawing } from './drawing-messages';

export type DrawnPng = Extract<FromDrawing, { kind: 'png' }>;

export interface DrawingThread {
  /** Rejects with PictureError. Drawings are made one after the other. */
  draw(svg: string): Promise<DrawnPng>;
  chart(request: ChartRequest): Promise<DrawnPng | Extract<FromDrawing, { kind: 'refused' | 'none' }>>;
  /** The same picture in at most so many bytes; null where it would be too small to be read. */
  smaller(png: Uint8Array, bytes: number): Promise<DrawnPng | null>;
  close(): Promise<void>;
}

interface Options {
  /** For one step of a drawing, the thread's start not counted. */
  milliseconds?: number;
  /** Megabytes of heap. */
  memory?: number;
}

/**
 * Draws in a thread, so that neither a chart of 100,000 rows nor the library that makes the picture holds up anything else. It is
 * started by the first drawing, killed by one that takes too long, and started again by the next.
 */
export function createDrawingThread({ milliseconds = 10_000, memory = 512 }: Options = {}): DrawingThread {
  let worker: Promise<Worker> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function ask(message: ToDrawing): Promise<FromDrawing> {
    if (closed) throw new PictureError('Talbot is stopping');
    worker ??= startWorker(memory);
    const current = worker;
    try {
      const answer = await answerOf(await current, message, milliseconds);
      if (answer.kind === 'failed') throw new PictureError(answer.message);
      return answer;
    } catch (error) {
      if (error instanceof Lost || !(error instanceof PictureError)) {
        worker = undefined;
        // Not waited for: what the library draws right now ends by itself only.
        void current.then((lost) => lost.terminate()).catch(() => undefined);
      }
      throw error instanceof PictureError
        ? error
        : new PictureError(error instanceof Error ? error.message : String(error));
    }
  }

  async function drawn(message: ToDrawing): Promise<DrawnPng> {
    const answer = await ask(message);
    if (answer.kind === 'png') return answer;
    throw new PictureError(`an answer of another kind: ${answer.kind}`);
  }

  return {
    draw: (svg) => inTurn(() => drawn({ kind: 'svg', svg })),
    chart: ({ render, columns, rows, total }) =>
      inTurn(async () => {
        const begun = await ask({ kind: 'chart', render, columns, total });
        if (begun.kind === 'refused' || begun.kind === 'none') return begun;
        for await (const page of rows) {
          const taken = await ask({ kind: 'rows', rows: page });
          if (taken.kind === 'refused') return taken;
          if (taken.kind !== 'taken' || !taken.more) break;
        }
        const finished = await ask({ kind: 'finish' });
        if (finished.kind === 'png' || finished.kind === 'refused') return finished;
        throw new PictureError(`an answer of another kind: ${finished.kind}`);
      }),
    smaller: (png, bytes) =>
      inTurn(async () => {
        const answer = await ask({ kind: 'smaller', png, bytes });
        return answer.kind === 'png' ? answer : null;
      }),
    async close() {
      closed = true;
      const last = worker;
      worker = undefined;
      await last?.then((running) => running.terminate()).catch(() => undefined);
    },
  };
}

/** The thread is of no use any more. */
class Lost extends PictureError {}

function answerOf(worker: Worker, message: ToDrawing, milliseconds: number): Promise<FromDrawing> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (answer: FromDrawing) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(new Lost(reasonOf(error))));
    const onExit = () => settle(() => reject(new Lost('the drawing stopped half-way')));
    const timer = setTimeout(
      () => settle(() => reject(new Lost(`the drawing took more than ${milliseconds / 1000} s`))),
      milliseconds,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(message);
  });
}

function reasonOf(error: Error): string {
  return Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'the drawing needs too much memory'
    : error.message;
}

function startWorker(memory: number): Promise<Worker> {
  const options = { resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: 16 } };
  const compiled = join(__dirname, 'drawing-worker.js');
  const worker = existsSync(compiled)
    ? new Worker(compiled, options)
    : new Worker(fromSource, { ...options, eval: true, workerData: { file: join(__dirname, 'drawing-worker.ts') } });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      worker.off('error', reject);
      resolve(worker);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the drawing thread stopped')));
  });
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
