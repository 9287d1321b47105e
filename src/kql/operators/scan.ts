import { quoteText } from '../functions/quote-text';
import { listOf, optionalPart, parameterText, sourceText } from '../kusto';
import { columnExprs, nameColumns, type Relation, selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import type { Operator } from './define-operator';
import { scanMachine } from './scan-machine';
import { declaredColumns, scanSteps } from './scan-steps';

/** Rows that could match a step: past this the query is refused, because the rows go through the steps one by one. */
const mostRows = 50_000;

const ordinal = '"kql:row"';

/**
 * `scan`: the rows go one by one through a state machine, as a reduction of the list of those that could match any step at all.
 * A match gives the place of its row, its match and its declared columns; the rest of the row is joined to it afterwards.
 */
export const scan: Operator = {
  name: 'scan',
  kind: 'ScanOperator',
  difference: `at most ${mostRows} rows that could match one of the steps`,
  compile(node, input, env, context) {
    for (const name of ['OrderByClause', 'PartitionByClause']) {
      const clause = optionalPart(node, name);
      if (clause && sourceText(clause) !== '')
        context.fail(
          clause,
          'unsupported',
          '`order by` and `partition by` inside `scan` are not supported; sort before it',
        );
    }
    const order = createRowSource(input).order();
    if (order === undefined)
      return context.fail(node, 'type', '`scan` needs rows in an order; put `sort by` or `serialize` before it');
    const place = input.ordinal ?? 'row_number() OVER ()';
    const rows = context.define(`(SELECT *, ${place} AS ${ordinal} FROM ${input.from})`, true);
    const declared = declaredColumns(optionalPart(node, 'DeclareClause'), env, context);
    const steps = scanSteps(listOf(node, 'Steps'), context);
    const machine = scanMachine(steps, input.columns, declared, env, context);
    const tooMany = `error(${quoteText(`scan takes at most ${mostRows} rows that could match one of its steps: filter more before it`)})`;
    const listed = `(SELECT CASE WHEN count(*) > ${mostRows} THEN ${tooMany} ELSE list(${machine.element} ORDER BY ${ordinal}) END AS items FROM ${rows} WHERE ${machine.filter})`;
    const matches = `(SELECT unnest(${machine.reduce('items')}) AS m FROM ${listed} WHERE items IS NOT NULL)`;
    const matched = `(SELECT m, row_number() OVER () AS place FROM ${matches})`;
    const matchId = parameterText(node, 'with_match_id');
    const items = [
      ...columnExprs(input.columns, 'r'),
      ...declared.map(({ name, type }, i) => ({ name, expr: { sql: `o.m.d${i}`, type } })),
      ...(matchId === undefined ? [] : [{ name: matchId, expr: { sql: 'o.m.id', type: 'long' as const } }]),
    ];
    const from = `${rows} AS r JOIN ${matched} AS o ON r.${ordinal} = o.m.i`;
    return inOrder(from, items, input);
  },
};

/** Inside a subquery per row the matches carry their place; elsewhere they come sorted. */
function inOrder(from: string, items: ReturnType<typeof columnExprs>, input: Relation): Relation {
  if (input.ordinal === undefined)
    return selectFrom(from, items, { order: { sorted: true }, tail: 'ORDER BY o.place' });
  const [place] = nameColumns([{ name: 'kql:place', type: 'long' }], input.columns);
  const name = place?.sql ?? '';
  return { ...selectFrom(from, items, { order: { sorted: true, ordinal: `o.place AS ${name}` } }), ordinal: name };
}
