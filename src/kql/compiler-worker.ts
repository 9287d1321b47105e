import { parentPort } from 'node:worker_threads';
import { compile } from './compile';
import type { CompileInput, StoredFunction, TableSchema } from './compile-input';
import type { FromWorker, ToWorker } from './compiler-messages';
import { KqlError } from './kql-error';
import { AnswerNeeded } from './question';

let tables: TableSchema[] = [];
let functions: StoredFunction[] = [];

/** The parser is quick only once it has parsed and analysed something. */
function warmUp(): void {
  compile({ text: 'print x = 1 | where x > 0 | summarize count() by x', tables: [], now: 0n });
}

function answer(message: ToWorker): FromWorker {
  tables = message.tables ?? tables;
  functions = message.functions ?? functions;
  const input: CompileInput = { ...message, tables, functions };
  try {
    return { kind: 'compiled', compiled: compile(input) };
  } catch (error) {
    if (error instanceof AnswerNeeded) return { kind: 'question', question: error.question };
    const { code, message: said, start, length, missing } = asKqlError(error, input);
    const lacks = missing === undefined ? {} : { missing };
    return { kind: 'failed', code, message: said, start, length, ...lacks, broken: !(error instanceof KqlError) };
  }
}

/** The parser's own errors may carry megabytes of its source: only their first words leave the thread. */
function asKqlError(error: unknown, input: CompileInput): KqlError {
  if (error instanceof KqlError) return error;
  if (error instanceof RangeError) return new KqlError('limit', 'the query nests too deeply', 0, input.text.length);
  const said = error instanceof Error ? error.message : String(error);
  return new KqlError('internal', `the compiler failed: ${said.slice(0, 200)}`, 0, input.text.length);
}

warmUp();
parentPort?.on('message', (message: ToWorker) => parentPort?.postMessage(answer(message)));
parentPort?.postMessage({ kind: 'ready' } satisfies FromWorker);
