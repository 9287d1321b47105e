import type { Context } from '../context';
import type { Expr } from '../expr';
import type { SyntaxNode } from '../kusto';

/** What depends on the state of the scan. */
const stateful = /\bkql_s\.st\./;
/** A `toscalar`: SQL has no subqueries inside lambdas. */
const scalars = /\(SELECT value FROM "kql:\d+"\)/g;

/** Moves what does not depend on the state out of the lambda, into fields of the row: computed once, for all rows at once. */
export interface ScanExpressions {
  /** `compile` gives the expression over the rows of the input, or over `kql_r.row` inside the lambda. */
  place(node: SyntaxNode, compile: (inside: boolean) => Expr): Expr;
  /** SQL of the fields `e0`, `e1` … over the rows of the input. */
  values(): string[];
  /** True for the rows of which one step's conditions, as far as they depend on the row alone, are all true. */
  filter(steps: SyntaxNode[][]): string;
}

export function scanExpressions(context: Context): ScanExpressions {
  const fields: string[] = [];
  const ofRow = new Map<SyntaxNode, string>();
  const ofState = new Set<SyntaxNode>();
  const field = (sql: string) => {
    const known = fields.indexOf(sql);
    return `kql_r.row.e${known >= 0 ? known : fields.push(sql) - 1}`;
  };
  return {
    place(node, compile) {
      const plain = compile(false);
      if (!stateful.test(plain.sql)) {
        ofRow.set(node, plain.sql);
        return plain.constant ? plain : { sql: field(plain.sql), type: plain.type };
      }
      ofState.add(node);
      const inside = compile(true);
      const sql = inside.sql.replace(scalars, field);
      if (/\bSELECT\b/.test(sql.replace(/'(?:[^']|'')*'/g, '')))
        context.fail(node, 'unsupported', 'a step of `scan` cannot read another table together with its state');
      return { sql, type: inside.type };
    },
    values: () => fields,
    filter(steps) {
      const tests = steps.map((conditions) => {
        const known = conditions.flatMap((one) => (ofState.has(one) ? [] : (ofRow.get(one) ?? [])));
        return known.length === 0 ? 'true' : `(${known.join(' AND ')})`;
      });
      return tests.join(' OR ');
    },
  };
}
