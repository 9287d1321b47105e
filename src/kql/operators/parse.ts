import type { ColumnType } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context, Environment } from '../context';
import { escapePattern } from '../expressions/string-operators';
import { convert, toText } from '../functions/convert';
import { quoteText } from '../functions/quote-text';
import { captureGroups } from '../functions/regex-dialect';
import { kindOf, listOf, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { createProjection } from '../projection';
import { filtered, nameColumns, type Relation, selectFrom } from '../relation';
import type { Operator } from './define-operator';

export const parse: Operator = {
  name: 'parse',
  kind: 'ParseOperator',
  compile: (node, input, env, context) => parseRows(node, input, env, context, false),
};

export const parseWhere: Operator = {
  name: 'parse-where',
  kind: 'ParseWhereOperator',
  compile: (node, input, env, context) => parseRows(node, input, env, context, true),
};

type Mode = 'simple' | 'relaxed' | 'regex';

interface Target {
  name: string;
  type: ColumnType;
  /** Name of the capture group in SQL. */
  group: string;
}

/** The pattern as one regular expression, which starts at the text's start and may end before its end. */
interface Pattern {
  regex: string;
  /** One name for each capture group; those of the query's own groups stand for nothing. */
  groups: string[];
  targets: Target[];
}

function parseRows(node: SyntaxNode, input: Relation, env: Environment, context: Context, only: boolean): Relation {
  const mode = (parameterText(node, 'kind')?.toLowerCase() ?? 'simple') as Mode;
  const { regex, groups, targets } = patternOf(node, mode, env, context);
  const text = toText(context.expression(part(node, 'Expression'), { columns: input.columns, env }));
  const [found] = nameColumns([{ name: 'kql:parsed', type: 'string' }], input.columns);
  const place = found?.sql ?? '';
  const pattern = quoteText(regex);
  const names = groups.map((group) => quoteText(group)).join(', ');
  const extracted = groups.length > 0 ? `regexp_extract(${text}, ${pattern}, [${names}])` : `{'none': ''}`;
  const matched: Relation = {
    from: `(SELECT *, CASE WHEN regexp_matches(${text}, ${pattern}) THEN ${extracted} END AS ${place} FROM ${input.from})`,
    columns: input.columns,
    sorted: input.sorted,
    ordinal: input.ordinal,
  };
  const values = targets.map(({ group, type }) =>
    convert({ sql: `coalesce(${place}.${group}, '')`, type: 'string' }, type),
  );
  const tests =
    mode === 'relaxed'
      ? []
      : values.filter((value) => value.type !== 'string').map((value) => `${value.sql} IS NOT NULL`);
  const fits = [`${place} IS NOT NULL`, ...tests].join(' AND ');
  const projection = createProjection();
  for (const { name, type, sql } of input.columns) projection.add(name, { sql, type });
  for (const [i, { name, type }] of targets.entries()) {
    const value = values[i]?.sql ?? '';
    const sql =
      tests.length === 0 ? value : `(CASE WHEN ${fits} THEN ${value}${type === 'string' ? ` ELSE ''` : ''} END)`;
    projection.replace(name, { sql, type });
  }
  const rows = only ? filtered(matched, `WHERE ${fits}`) : matched;
  return selectFrom(rows.from, projection.items, { order: input });
}

function patternOf(node: SyntaxNode, mode: Mode, env: Environment, context: Context): Pattern {
  const parts = listOf(node, 'Patterns');
  const targets: Target[] = [];
  const groups: string[] = [];
  let regex = `(?${flagsOf(node, mode, context)})^`;
  for (const [i, one] of parts.entries()) {
    const kind = kindOf(one);
    if (kind === 'StarExpression') {
      regex += i === parts.length - 1 ? '' : '.*?';
    } else if (kind === 'NameDeclaration' || kind === 'NameAndTypeDeclaration') {
      const target = targetOf(one, groups.length, context);
      targets.push(target);
      groups.push(target.group);
      regex += capture(target.type, mode, i === parts.length - 1);
    } else {
      const text = context.expression(one, { columns: [], env }).constant?.value;
      if (typeof text !== 'string')
        return context.fail(one, 'unsupported', 'the texts of a parse pattern must be constants');
      regex += mode === 'regex' ? `(?:${text})` : escapePattern(text);
      const own = mode === 'regex' ? captureGroups(text).length : 0;
      for (let group = 0; group < own; group++) groups.push(`own${groups.length}`);
    }
  }
  return { regex, groups, targets };
}

function flagsOf(node: SyntaxNode, mode: Mode, context: Context): string {
  if (mode !== 'regex') return 's';
  const flags = parameterText(node, 'flags') ?? '';
  if (!/^[imsU]*$/.test(flags))
    return context.fail(node, 'unsupported', `the regex flags ${flags} are not supported; i, m, s and U are`);
  return flags === '' ? '-s' : flags;
}

function targetOf(node: SyntaxNode, place: number, context: Context): Target {
  const name = simpleName(kindOf(node) === 'NameDeclaration' ? node : part(node, 'Name'));
  const type = kindOf(node) === 'NameDeclaration' ? 'string' : columnType(sourceText(part(node, 'Type')));
  if (!type) return context.fail(node, 'type', `${sourceText(part(node, 'Type'))} is not a type`);
  return { name, type, group: `c${place}` };
}

/** Text columns are lazy in the simple modes and greedy in the regex mode, as the language's own translation has it. */
function capture(type: ColumnType, mode: Mode, last: boolean): string {
  const number = { int: '-?\\d+', long: '-?\\d+', real: '-?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?', decimal: '-?\\d*\\.?\\d+' };
  const digits = type === 'int' || type === 'long' || type === 'real' || type === 'decimal' ? number[type] : undefined;
  const rest = last ? '.*' : '.*?';
  if (digits !== undefined) return mode === 'relaxed' ? `(${digits}|${rest})` : `(${digits})`;
  return mode === 'regex' ? '(.*)' : `(${rest})`;
}
