import type { Context, Environment } from '../context';
import type { SyntaxNode } from '../kusto';
import type { Relation } from '../relation';

/** An operator behind a pipe. */
export interface Operator {
  /** The word a query uses. */
  name: string;
  /** The node's kind in the parser. */
  kind: string;
  compile(node: SyntaxNode, input: Relation, env: Environment, context: Context): Relation;
  /** Macros its SQL needs, run once on every new database. */
  prelude?: string[];
  /** How the answer differs from Kusto's, for the documentation. */
  difference?: string;
}

/** What can stand first in a query: it has no input. */
export interface Source {
  name: string;
  kind: string;
  compile(node: SyntaxNode, env: Environment, context: Context): Relation;
  /** How the answer differs from Kusto's, for the documentation. */
  difference?: string;
}
