import type { Context, Environment, Scope } from '../context';
import type { Expr } from '../expr';
import { literalAs } from '../expressions/literals';
import { nullOf, sqlTypes } from '../functions/literal';
import { kindOf, part, type SyntaxNode } from '../kusto';
import type { RelationColumn } from '../relation';
import { quoteName } from '../sql-text';
import { scanExpressions } from './scan-expressions';
import type { DeclaredColumn, ScanStep } from './scan-steps';

/** The state machine as SQL. */
export interface ScanMachine {
  /** True for the rows that could match a step whatever the state is. */
  filter: string;
  /** A row as an element of the list that is reduced. */
  element: string;
  /** The matches of a list of elements: structs of the row's place `i`, the match's `id` and the declared columns `d0`, `d1` … */
  reduce(items: string): string;
}

/**
 * State `k` is what step `k` remembers: `a` whether it is active, `m` the match, `v_j_c` column `c` of the row that step `j` took
 * last, `p` the match that waits for the end of its series (`output=last`). A step matches by its check 1 (`p`: the step before is
 * active and hands its state on) or by its check 2 (`q`: the step itself is active, or the first).
 */
export function scanMachine(
  steps: ScanStep[],
  columns: readonly RelationColumn[],
  declared: DeclaredColumn[],
  env: Environment,
  context: Context,
): ScanMachine {
  const outside = scanExpressions(context);
  const remembered = [...columns, ...declared.map(({ name, type }) => ({ name, type, sql: '' }))];
  const emptyOf = (c: number): string =>
    (declared[c - columns.length]?.fallback ?? nullOf(remembered[c]?.type ?? 'long')).sql;

  /** What an expression of step `k` sees with state `state`; 0 is the empty state. */
  function scopeOf(k: number, state: number, inside: boolean): Scope {
    const members = new Map(
      steps.slice(0, k).map((step, index) => [
        step.name,
        remembered.map((column, c) => ({
          ...column,
          sql: index + 1 <= state ? `kql_s.st.v${state}_${index + 1}_${c}` : emptyOf(c),
        })),
      ]),
    );
    return {
      columns: [
        ...columns.map((column, c) => (inside ? { ...column, sql: `kql_r.row.c${c}` } : column)),
        ...declared.map(({ name, type, fallback }) => ({ name, type, sql: fallback.sql })),
      ],
      env,
      members,
    };
  }
  const compiled = (node: SyntaxNode, k: number, state: number): Expr =>
    outside.place(node, (inside) => context.expression(node, scopeOf(k, state, inside)));
  const condition = (step: ScanStep, k: number, state: number) =>
    conjuncts(step.condition)
      .map(
        (one) =>
          `coalesce(${outside.place(one, (inside) => ({ sql: context.condition(one, scopeOf(k, state, inside)), type: 'bool' })).sql}, false)`,
      )
      .join(' AND ');
  const assigned = (step: ScanStep, k: number, state: number, d: number): string => {
    const column = declared[d];
    if (!column) return 'NULL';
    const node = step.assignments.get(column.name);
    return node ? literalAs(compiled(node, k, state), column.type).sql : column.fallback.sql;
  };

  const p = (k: number) => (k >= 2 && k <= steps.length ? `kql_p.p${k}` : 'false');
  const q = (k: number) => `kql_q.q${k}`;
  const checks1 = ['0 AS none'];
  const checks2: string[] = [];
  const made: string[] = [];
  for (const [index, step] of steps.entries()) {
    const k = index + 1;
    if (k > 1) checks1.push(`kql_s.st.a${k - 1} AND ${condition(step, k, k - 1)} AS p${k}`);
    checks2.push(
      k === 1
        ? `CASE WHEN ${p(2)} THEN ${condition(step, 1, 0)} ELSE ${condition(step, 1, 1)} END AS q1`
        : `NOT ${p(k)} AND NOT ${p(k + 1)} AND kql_s.st.a${k} AND ${condition(step, k, k)} AS q${k}`,
    );
    for (const [d, { type }] of declared.entries()) {
      const other =
        k === 1
          ? `CASE WHEN ${p(2)} THEN ${assigned(step, 1, 0, d)} ELSE ${assigned(step, 1, 1, d)} END`
          : assigned(step, k, k, d);
      const value = k === 1 ? other : `CASE WHEN ${p(k)} THEN ${assigned(step, k, k - 1, d)} ELSE ${other} END`;
      made.push(`(${value})::${sqlTypes[type]} AS d${k}_${d}`);
    }
    made.push(
      k === 1
        ? `CASE WHEN kql_s.st.a1 AND NOT ${p(2)} THEN kql_s.st.m1 ELSE kql_s.st.n END AS m1`
        : `CASE WHEN ${p(k)} THEN kql_s.st.m${k - 1} ELSE kql_s.st.m${k} END AS m${k}`,
    );
  }

  const text = [...checks1, ...checks2, ...made].join(' ');
  const kept = new Map<string, { j: number; c: number }>();
  for (const [, , j, c] of text.matchAll(/kql_s\.st\.v(\d+)_(\d+)_(\d+)/g))
    kept.set(`${j}_${c}`, { j: Number(j), c: Number(c) });

  const match = `STRUCT(i BIGINT, id BIGINT${declared.map(({ type }, d) => `, d${d} ${sqlTypes[type]}`).join('')})`;
  const matchOf = (k: number) =>
    `{'i': kql_r.row.i, 'id': kql_m.m${k}${declared.map((_, d) => `, 'd${d}': kql_m.d${k}_${d}`).join('')}}::${match}`;
  const fields: { name: string; type: string; first: string; next: string }[] = [
    {
      name: 'n',
      type: 'BIGINT',
      first: '0',
      next: `CASE WHEN ${q(1)} AND NOT (kql_s.st.a1 AND NOT ${p(2)}) THEN kql_s.st.n + 1 ELSE kql_s.st.n END`,
    },
  ];
  const emitted: string[] = [];
  for (const [index, step] of [...steps.entries()].reverse()) {
    const k = index + 1;
    const both = (byFirst: string, bySecond: string, gone: string, same: string) =>
      `CASE WHEN ${p(k)} THEN ${byFirst} WHEN ${q(k)} THEN ${bySecond} WHEN ${p(k + 1)} THEN ${gone} ELSE ${same} END`;
    fields.push({
      name: `a${k}`,
      type: 'BOOLEAN',
      first: 'false',
      next: both('true', 'true', 'false', `kql_s.st.a${k}`),
    });
    fields.push({
      name: `m${k}`,
      type: 'BIGINT',
      first: 'NULL',
      next: both(`kql_m.m${k}`, `kql_m.m${k}`, 'NULL', `kql_s.st.m${k}`),
    });
    for (const { j, c } of kept.values()) {
      if (j > k) continue;
      const field = `v${k}_${j}_${c}`;
      const own = c < columns.length ? `kql_r.row.c${c}` : `kql_m.d${k}_${c - columns.length}`;
      fields.push({
        name: field,
        type: sqlTypes[remembered[c]?.type ?? 'long'],
        first: emptyOf(c),
        next: both(
          j === k ? own : `kql_s.st.v${k - 1}_${j}_${c}`,
          j === k ? own : `kql_s.st.${field}`,
          emptyOf(c),
          `kql_s.st.${field}`,
        ),
      });
    }
    if (step.output === 'last') {
      fields.push({
        name: `p${k}`,
        type: match,
        first: 'NULL',
        next: both(matchOf(k), matchOf(k), 'NULL', `kql_s.st.p${k}`),
      });
      emitted.unshift(`CASE WHEN ${p(k)} OR ${p(k + 1)} THEN kql_s.st.p${k} END`);
    }
    if (step.output === 'all') emitted.push(`CASE WHEN ${p(k)} OR ${q(k)} THEN ${matchOf(k)} END`);
  }
  const found = `list_filter([${emitted.join(', ')}]::${match}[], lambda kql_x: kql_x IS NOT NULL)`;
  fields.push({ name: 'found', type: `${match}[]`, first: '[]', next: `list_concat(kql_s.st.found, ${found})` });

  const state = `STRUCT(${fields.map(({ name, type }) => `${name} ${type}`).join(', ')})`;
  const first = `{${fields.map((field) => `'${field.name}': ${field.first}`).join(', ')}}::${state}`;
  const next = `{${fields.map((field) => `'${field.name}': ${field.next}`).join(', ')}}::${state}`;
  const any = steps.map((_, index) => `${p(index + 1)} OR ${q(index + 1)}`).join(' OR ');
  const stepped = within(
    'kql_p',
    struct(checks1),
    within(
      'kql_q',
      struct(checks2),
      within('kql_m', struct(made), `{'row': kql_r.row, 'st': CASE WHEN ${any} THEN ${next} ELSE kql_s.st END}`),
    ),
  );
  const own = [...stepped.matchAll(/kql_r\.row\.c(\d+)/g)].map(([, c]) => Number(c));
  const row = [
    `'i': ${quoteName('kql:row')}`,
    ...[...new Set(own)].map((c) => `'c${c}': ${columns[c]?.sql}`),
    ...outside.values().map((value, e) => `'e${e}': ${value}`),
  ];
  const waiting = steps.flatMap((step, index) => (step.output === 'last' ? [`kql_f.st.p${index + 1}`] : []));
  const flush = waiting.length === 0 ? '[]' : `list_filter([${waiting.join(', ')}], lambda kql_x: kql_x IS NOT NULL)`;
  return {
    filter: outside.filter(steps.map((step) => conjuncts(step.condition))),
    element: `{'row': {${row.join(', ')}}, 'st': NULL::${state}}`,
    reduce: (items) =>
      within(
        'kql_f',
        `list_reduce(${items}, lambda kql_s, kql_r: ${stepped}, {'row': ${items}[1].row, 'st': ${first}})`,
        `list_concat(kql_f.st.found, ${flush}::${match}[])`,
      ),
  };
}

/** `value` under a name inside `body`: SQL's lambdas have no let. */
function within(name: string, value: string, body: string): string {
  return `list_transform([${value}], lambda ${name}: ${body})[1]`;
}

function struct(named: string[]): string {
  return `{${named.map((one) => one.replace(/^(.*) AS (\w+)$/s, "'$2': $1")).join(', ')}}`;
}

function conjuncts(node: SyntaxNode): SyntaxNode[] {
  if (kindOf(node) === 'ParenthesizedExpression') return conjuncts(part(node, 'Expression'));
  if (kindOf(node) !== 'AndExpression') return [node];
  return [...conjuncts(part(node, 'Left')), ...conjuncts(part(node, 'Right'))];
}
