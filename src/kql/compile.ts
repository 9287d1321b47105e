import type { Compiled, CompileInput } from './compile-input';
import { KqlError } from './kql-error';

export type { Compiled, CompileInput, StoredFunction, TableSchema } from './compile-input';

/** KQL to one DuckDB SELECT. Throws KqlError, placed in `input.text`. */
export function compile(input: CompileInput): Compiled {
  throw new KqlError('unsupported', 'the compiler is being written', 0, input.text.length);
}
