import type { Cell, Column } from '../ports/query-engine';
import type { ExternalTable } from './external-table';

/**
 * What a compilation must know of the data before it can go on. The same text, tables and earlier answers ask the same
 * question under the same key. `start` and `length` place it in the query's text, for errors.
 */
export type Question = RowsQuestion;

interface Asked {
  key: string;
  start: number;
  length: number;
}

/** One SELECT to run under the query's own limits, for at most `most` rows. `columns` says how to read its cells. */
export interface RowsQuestion extends Asked {
  kind: 'rows';
  sql: string;
  columns: Column[];
  most: number;
  /** Tables of `externaldata` that have to be filled before the SQL runs. */
  external?: ExternalTable[];
  /** As in Compiled. */
  geo?: { start: number; length: number };
}

/** A question as an operator puts it: the compilation adds its place, its key and the definitions that its SQL names. */
export type Wanted<Q extends Question> = Q extends Question
  ? Omit<Q, 'key' | 'start' | 'length' | 'external' | 'geo'>
  : never;

/** What the caller found out; `unknown` where no data may be read, as in a check: the compilation then goes on openly. */
export type Answer = { kind: 'unknown' } | RowsAnswer;

/** `truncated`: there are more rows than the question's `most`. */
export interface RowsAnswer {
  kind: 'rows';
  rows: Cell[][];
  truncated: boolean;
}

/** What one round of a compilation comes to, short of an error. */
export type Outcome<T> = { kind: 'compiled'; compiled: T } | { kind: 'question'; question: Question };

/** How a compilation stops for an answer. Compile again with the answer under `question.key` in `CompileInput.answers`. */
export class AnswerNeeded extends Error {
  constructor(readonly question: Question) {
    super('the compilation needs to know something of the data');
    this.name = 'AnswerNeeded';
  }
}
