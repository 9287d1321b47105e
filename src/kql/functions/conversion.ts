import type { ColumnType } from '../../ports/query-engine';
import { convert, toJson } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';
import { parseRawJson, printRawJson, type RawJson } from './raw-json';

function conversion(name: string, type: ColumnType): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return convert(value, type);
    },
  });
}

function fromJsonText(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    difference: 'a text with NaN, Infinity or a comma behind the last item is read as JSON too; Kusto leaves it a text',
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a text`);
      if (value.type !== 'string') return { sql: toJson(value), type: 'dynamic' };
      return { sql: `kql_text_json(${value.sql})`, type: 'dynamic' };
    },
  });
}

const kinds = `CASE json_type($) WHEN 'UBIGINT' THEN 'long' WHEN 'BIGINT' THEN 'long' WHEN 'DOUBLE' THEN 'double' WHEN 'BOOLEAN' THEN 'bool' WHEN 'VARCHAR' THEN 'string' WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' ELSE 'null' END`;

const getType = defineScalar({
  name: 'gettype',
  arity: [1, 1],
  difference:
    'a date, timespan or guid inside a dynamic value is held as text, and gettype() says "string" of it; of a whole number inside one it says "long", also where the documentation has "int"',
  compile([value], call) {
    if (!value) return call.fail('type', 'gettype needs a value');
    if (value.type === 'dynamic') return { sql: kinds.replace('$', () => value.sql), type: 'string' };
    if (value.type === 'string') return { sql: `'string'`, type: 'string' };
    return { sql: `(CASE WHEN ${value.sql} IS NULL THEN 'null' ELSE '${value.type}' END)`, type: 'string' };
  },
});

const toHex = defineScalar({
  name: 'tohex',
  arity: [1, 2],
  compile([value, width], call) {
    if (!value) return call.fail('type', 'tohex needs a number');
    const number = `(${convert(value, 'long').sql})::BIGINT`;
    // A negative number has the digits of its own size.
    const bits = value.type === 'int' ? `(${number} & 4294967295)` : number;
    const digits = `lower(to_hex(${bits}))`;
    if (!width) return { sql: `coalesce(${digits}, '')`, type: 'string' };
    return {
      sql: `coalesce(lpad(${digits}, greatest(length(${digits}), least(${width.sql}, 16))::INTEGER, '0'), '')`,
      type: 'string',
    };
  },
});

const dynamicToJson = defineScalar({
  name: 'dynamic_to_json',
  arity: [1, 1],
  compile([value], call) {
    if (!value) return call.fail('type', 'dynamic_to_json needs a value');
    return { sql: `kql_sorted_json(coalesce((${toJson(value)})::VARCHAR, ''))`, type: 'string' };
  },
  scripts: [
    {
      name: 'kql_sorted_json',
      parameters: ['VARCHAR'],
      returns: 'VARCHAR',
      run: (text) => (typeof text === 'string' && text !== '' ? printRawJson(sorted(parseRawJson(text))) : ''),
    },
  ],
});

function sorted(value: RawJson): RawJson {
  if (value.kind === 'array') return { kind: 'array', items: value.items.map(sorted) };
  if (value.kind === 'plain') return value;
  const members = value.members.map(([key, member]): [string, RawJson] => [key, sorted(member)]);
  return { kind: 'bag', members: members.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

export const conversionFunctions: ScalarFunction[] = [
  conversion('tostring', 'string'),
  conversion('toint', 'int'),
  conversion('tolong', 'long'),
  conversion('toreal', 'real'),
  conversion('todouble', 'real'),
  conversion('todecimal', 'decimal'),
  conversion('tobool', 'bool'),
  conversion('toboolean', 'bool'),
  conversion('todatetime', 'datetime'),
  conversion('totimespan', 'timespan'),
  conversion('totime', 'timespan'),
  conversion('toguid', 'guid'),
  fromJsonText('todynamic'),
  fromJsonText('toobject'),
  fromJsonText('parse_json'),
  fromJsonText('parsejson'),
  getType,
  toHex,
  dynamicToJson,
];
