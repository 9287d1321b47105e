import { filterOf } from './aggregate-filter';
import { toJson } from './convert';
import { type AggregateFunction, defineAggregate } from './define-function';
import { parseRawJson, type RawJson } from './raw-json';

/** What the values at one place can be: plain types by name, the members of bags and the elements of arrays. */
interface Schema {
  plain: Set<string>;
  members?: Map<string, Schema>;
  elements?: Schema;
}

function emptySchema(): Schema {
  return { plain: new Set() };
}

function plainType(text: string): string | undefined {
  if (text === 'null') return undefined;
  if (text === 'true' || text === 'false') return 'bool';
  if (text.startsWith('"')) return 'string';
  return /^-?\d+$/.test(text) ? 'long' : 'double';
}

function add(schema: Schema, value: RawJson): void {
  if (value.kind === 'plain') {
    const type = plainType(value.text);
    if (type) schema.plain.add(type);
    return;
  }
  if (value.kind === 'array') {
    schema.elements ??= emptySchema();
    for (const item of value.items) add(schema.elements, item);
    return;
  }
  schema.members ??= new Map();
  for (const [key, member] of value.members) {
    const inner = schema.members.get(key) ?? emptySchema();
    schema.members.set(key, inner);
    add(inner, member);
  }
}

type Printed = string | Printed[] | { [key: string]: Printed };

function print(schema: Schema): Printed {
  const options: Printed[] = [...schema.plain].sort();
  if (schema.members) {
    options.push(Object.fromEntries([...schema.members].map(([key, inner]) => [key, print(inner)])));
  }
  if (schema.elements) options.push({ '`indexer`': print(schema.elements) });
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : options;
}

function buildSchema(list: unknown): string | null {
  if (typeof list !== 'string') return null;
  const values = parseRawJson(list);
  if (values.kind !== 'array' || values.items.length === 0) return null;
  const schema = emptySchema();
  for (const item of values.items) add(schema, item);
  return JSON.stringify(print(schema));
}

export const schemaAggregates: AggregateFunction[] = [
  defineAggregate({
    name: 'buildschema',
    arity: [1, 1],
    scripts: [{ name: 'kql_build_schema', parameters: ['VARCHAR'], returns: 'VARCHAR', run: buildSchema }],
    compile([value], call) {
      if (!value) return call.fail('type', 'buildschema needs a dynamic value');
      const json = toJson(value);
      const list = `to_json(list_sort(list(DISTINCT ${json})${filterOf(`${json} IS NOT NULL`)}))::VARCHAR`;
      return { sql: `kql_build_schema(${list})::JSON`, type: 'dynamic' };
    },
  }),
];
