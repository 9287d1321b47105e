import type { Compiled, CompileInput } from './compile-input';

export interface CompilerThread {
  /** Rejects with KqlError: code `limit` past the time, length or nesting allowed. Calls are served one after the other. */
  compile(input: CompileInput): Promise<Compiled>;
  close(): Promise<void>;
}
