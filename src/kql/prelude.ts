import type { ScriptFunction } from './functions/define-function';

/** SQL statements that the engine runs once on every new database, in this order, before any compiled query. */
export function prelude(): string[] {
  return [];
}

/** JavaScript functions that the engine registers on every new database, each name once. */
export function scripts(): ScriptFunction[] {
  return [];
}
