import type { Context, Scope } from '../context';
import type { Expr, Json } from '../expr';
import { convert, toText } from '../functions/convert';
import { literal } from '../functions/literal';
import { quoteText } from '../functions/quote-text';
import { kindOf, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { compileColumns } from './calls';
import { pathValue, rememberPath } from './path-text';

/** A missing path, and JSON's null, are Kusto's null. */
export const dynamicPathPrelude = [
  `CREATE OR REPLACE MACRO kql_get(j, path) AS nullif(json_extract(j, path), 'null'::JSON)`,
  `CREATE OR REPLACE MACRO kql_get_text(j, path) AS coalesce(json_extract_string(j, path), '')`,
  `CREATE OR REPLACE MACRO kql_text_get(s, path) AS nullif(CASE WHEN json_valid(s) THEN json_extract(s, path) END, 'null'::JSON)`,
  `CREATE OR REPLACE MACRO kql_text_get_text(s, path) AS coalesce(CASE WHEN json_valid(s) THEN json_extract_string(s, path) END, '')`,
  `CREATE OR REPLACE MACRO kql_key_path(key) AS '/' || replace(replace(key, '~', '~0'), '/', '~1')`,
  `CREATE OR REPLACE MACRO kql_index_path(i) AS CASE WHEN i < 0 THEN '$[#' || i::VARCHAR || ']' ELSE '$[' || i::VARCHAR || ']' END`,
];

type Step = { key: string } | { index: bigint } | { expr: Expr };

/** `a.b`, `a["b"]`, `a[0]` and chains of them. */
export function compilePath(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const steps: Step[] = [];
  let base = node;
  while (kindOf(base) === 'PathExpression' || kindOf(base) === 'ElementExpression') {
    const side = sideColumn(base, scope, context);
    if (side) return follow(side, steps);
    steps.unshift(stepOf(part(base, 'Selector'), scope, context));
    base = part(base, 'Expression');
  }
  const [picked, ...rest] = steps;
  const several = compileColumns(base, scope, context);
  if (several && several.length > 1 && picked && 'index' in picked) {
    const one = several[Number(picked.index)];
    return one
      ? follow(one.expr, rest)
      : context.fail(node, 'type', `${sourceText(base)} gives ${several.length} values`);
  }
  const value = context.expression(base, scope);
  if (value.type !== 'dynamic') {
    return context.fail(node, 'type', `${sourceText(base)} is a ${value.type}, only a dynamic has parts`);
  }
  return follow(value, steps);
}

/** `$left.x`, `$right.x`, and `step.x` or `node.x` where those have names. */
function sideColumn(node: SyntaxNode, scope: Scope, context: Context): Expr | undefined {
  const base = part(node, 'Expression');
  const members = kindOf(base) === 'NameReference' ? scope.members?.get(simpleName(base)) : undefined;
  if (members) {
    const name = simpleName(part(node, 'Selector'));
    const column = members.find((one) => one.name === name);
    return column
      ? { sql: column.sql, type: column.type }
      : context.fail(node, 'unknown-name', `${simpleName(base)} has no ${name}`);
  }
  if (!scope.sides || kindOf(base) !== 'NameReference') return undefined;
  const side = simpleName(base);
  if (side !== '$left' && side !== '$right') return undefined;
  const name = simpleName(part(node, 'Selector'));
  const column = (side === '$left' ? scope.sides.left : scope.sides.right).find((one) => one.name === name);
  return column
    ? { sql: column.sql, type: column.type }
    : context.fail(node, 'unknown-name', `${side} has no column ${name}`);
}

function stepOf(selector: SyntaxNode, scope: Scope, context: Context): Step {
  if (kindOf(selector) === 'NameReference') {
    const name = part(selector, 'Name');
    return kindOf(name) === 'BracketedName'
      ? bracketed(part(name, 'Name'), scope, context)
      : { key: simpleName(selector) };
  }
  return bracketed(
    kindOf(selector) === 'BracketedExpression' ? part(selector, 'Expression') : selector,
    scope,
    context,
  );
}

function bracketed(node: SyntaxNode, scope: Scope, context: Context): Step {
  const expr = context.expression(node, scope);
  const known = expr.constant?.value;
  if (typeof known === 'string') return { key: known };
  if (typeof known === 'bigint') return { index: known };
  return { expr };
}

function follow(base: Expr, steps: Step[]): Expr {
  let value = base;
  let fixed: Step[] = [];
  const flush = () => {
    if (fixed.length === 0) return;
    value = get(value, quoteText(jsonPath(fixed)), fixed);
    fixed = [];
  };
  for (const step of steps) {
    if (!('expr' in step) && (fixed.length === 0 || (isPlain(step) && fixed.every(isPlain)))) {
      fixed.push(step);
      continue;
    }
    flush();
    if ('expr' in step) value = get(value, pathOf(step.expr));
    else fixed.push(step);
  }
  flush();
  return value;
}

function get(base: Expr, path: string, steps?: Step[]): Expr {
  const known = base.constant?.value;
  if (known !== undefined && steps) return literal(steps.reduce<Json>(inside, known as Json), 'dynamic');
  const expr: Expr = { sql: pathValue(base, path), type: 'dynamic' };
  rememberPath(expr, base, path);
  return expr;
}

function inside(value: Json, step: Step): Json {
  if ('key' in step) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    return Object.hasOwn(value, step.key) ? (value[step.key] ?? null) : null;
  }
  return 'index' in step && Array.isArray(value) ? (value.at(Number(step.index)) ?? null) : null;
}

/** A step that DuckDB's path syntax can say; the others need a JSON pointer of their own. */
function isPlain(step: Step): boolean {
  return 'index' in step || ('key' in step && step.key !== '' && !/["\\*]/.test(step.key));
}

function jsonPath(steps: Step[]): string {
  const [first] = steps;
  if (first && 'key' in first && !isPlain(first)) return `/${first.key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return `$${steps.map((step) => ('key' in step ? `."${step.key}"` : 'index' in step ? `[${step.index < 0n ? '#' : ''}${step.index}]` : '')).join('')}`;
}

function pathOf(expr: Expr): string {
  if (expr.type === 'string') return `kql_key_path(${expr.sql})`;
  if (expr.type === 'dynamic') {
    const index = `kql_index_path(${convert(expr, 'long').sql})`;
    return `CASE WHEN json_type(${expr.sql}) = 'VARCHAR' THEN kql_key_path(${toText(expr)}) ELSE ${index} END`;
  }
  return `kql_index_path(${expr.sql})`;
}
