import type { Context, Environment } from '../context';
import type { SyntaxNode } from '../kusto';
import type { Relation } from '../relation';

/** A plugin of `evaluate`. */
export interface Plugin {
  name: string;
  /** `node` is the operator, with the schema that may stand behind a colon; `call` the plugin's own call. */
  /** How the answer differs from Kusto's, for the documentation. */
  difference?: string;
  compile(node: SyntaxNode, call: SyntaxNode, input: Relation, env: Environment, context: Context): Relation;
}
