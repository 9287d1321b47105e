import type { Expr } from '../expr';
import { convert, toJson, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantInteger, constantText } from './literal';
import { quoteText } from './quote-text';

function compileSplit([source, delimiter, index]: Expr[], call: CallSite): Expr {
  if (!source || !delimiter) return call.fail('type', 'split needs a text and a delimiter');
  if (constantText(delimiter) === '') return call.fail('type', 'split needs a delimiter that is not empty', 1);
  const parts = `string_split(${toText(source)}, ${toText(delimiter)})`;
  if (!index) return { sql: `to_json(${parts})`, type: 'dynamic' };
  const known = constantInteger(index);
  if (known === -1n) {
    call.note('split() with the index -1, which Kusto does not document, is taken to give all parts.');
    return { sql: `to_json(${parts})`, type: 'dynamic' };
  }
  if (known !== undefined && known < 0n) {
    return call.fail('unsupported', 'split with a negative index is not supported: write split(…)[-1]', 2);
  }
  const at = convert(index, 'long').sql;
  return { sql: `to_json(CASE WHEN ${at} >= 0 THEN ${parts}[${at} + 1:${at} + 1] ELSE [] END)`, type: 'dynamic' };
}

function compileStrcatArray([array, delimiter]: Expr[], call: CallSite): Expr {
  if (!array || !delimiter) return call.fail('type', 'strcat_array needs an array and a delimiter');
  const texts = `list_transform(try_cast(${toJson(array)} AS JSON[]), lambda kql_x: coalesce(kql_x->>'$', ''))`;
  const between = toText(delimiter);
  if (delimiter.constant) return { sql: `coalesce(array_to_string(${texts}, ${between}), '')`, type: 'string' };
  // SQL joins with a constant only: the first of the delimiters that stand before every text is cut off.
  const joined = `array_to_string(list_transform(${texts}, lambda kql_y: ${between} || kql_y), '')`;
  return { sql: `coalesce(substr(${joined}, length(${between}) + 1), '')`, type: 'string' };
}

/** The fields of the first record of a CSV text; a quoted field may hold commas, line breaks and doubled quotes. */
function parseCsvRecord(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let field = '';
    if (text[at] === '"') {
      at++;
      while (at < text.length) {
        if (text[at] !== '"') field += text[at++];
        else if (text[at + 1] === '"') {
          field += '"';
          at += 2;
        } else break;
      }
      at++;
    }
    while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') field += text[at++];
    fields.push(field);
    if (text[at] !== ',') return fields;
    at++;
  }
}

/** The arguments of a command line by the rules of Windows' CommandLineToArgvW: 2n backslashes before a quote are n, and `""` inside quotes is a quote. */
function parseCommandLine(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    if (at >= text.length) break;
    let argument = '';
    let quoted = false;
    while (at < text.length && (quoted || (text[at] !== ' ' && text[at] !== '\t'))) {
      let slashes = 0;
      while (text[at] === '\\') {
        slashes++;
        at++;
      }
      if (text[at] !== '"') {
        argument += '\\'.repeat(slashes);
        if (slashes === 0) argument += text[at++] ?? '';
        continue;
      }
      argument += '\\'.repeat(Math.floor(slashes / 2));
      at++;
      if (slashes % 2 === 1) argument += '"';
      else if (quoted && text[at] === '"') {
        argument += '"';
        at++;
      } else quoted = !quoted;
    }
    found.push(argument);
  }
  return found;
}

function compileCommandLine([command, parser]: Expr[], call: CallSite): Expr {
  if (!command || !parser) return call.fail('type', 'parse_command_line needs a command line and "windows"');
  if (constantText(parser)?.toLowerCase() !== 'windows') {
    return call.fail('unsupported', 'parse_command_line knows the parser "windows" only', 1);
  }
  return { sql: `kql_parse_command_line(${toText(command)})::JSON`, type: 'dynamic' };
}

const lists: Record<'kql_parse_csv' | 'kql_parse_command_line', (text: string) => string[]> = {
  kql_parse_csv: parseCsvRecord,
  kql_parse_command_line: parseCommandLine,
};

function listScript(name: keyof typeof lists) {
  return {
    name,
    parameters: ['VARCHAR' as const],
    returns: 'VARCHAR' as const,
    run: (text: unknown) => (typeof text === 'string' && text !== '' ? JSON.stringify(lists[name](text)) : null),
  };
}

function compileParts([version]: Expr[], call: CallSite): Expr {
  if (!version) return call.fail('type', 'parse_version needs a text');
  const text = toText(version);
  const part = (index: number) => `lpad(coalesce(nullif(split_part(${text}, '.', ${index}), ''), '0'), 8, '0')`;
  return {
    sql: `(CASE WHEN regexp_full_match(${text}, ${quoteText('[0-9]{1,8}([.][0-9]{1,8}){0,3}')}) THEN (${[1, 2, 3, 4].map(part).join(' || ')})::DECIMAL(38,0) END)`,
    type: 'decimal',
  };
}

export const splitFunctions: ScalarFunction[] = [
  defineScalar({ name: 'split', arity: [2, 3], compile: compileSplit }),
  defineScalar({ name: 'strcat_array', arity: [2, 2], compile: compileStrcatArray }),
  defineScalar({ name: 'array_strcat', arity: [2, 2], compile: compileStrcatArray }),
  defineScalar({
    name: 'parse_csv',
    arity: [1, 1],
    compile: ([text], call) =>
      text
        ? { sql: `kql_parse_csv(${toText(text)})::JSON`, type: 'dynamic' }
        : call.fail('type', 'parse_csv needs a text'),
    scripts: [listScript('kql_parse_csv')],
  }),
  defineScalar({
    name: 'parse_command_line',
    arity: [2, 2],
    compile: compileCommandLine,
    scripts: [listScript('kql_parse_command_line')],
  }),
  defineScalar({ name: 'parse_version', arity: [1, 1], compile: compileParts }),
];
