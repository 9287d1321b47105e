import type { Context, Environment } from '../context';
import type { ExternalFormat, ExternalTable, ExternalValue } from '../external-table';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns } from '../relation';
import { quoteName } from '../sql-text';
import { schemaColumns } from './datatable';
import type { Source } from './define-operator';

const formats: Record<string, ExternalFormat> = {
  csv: 'csv',
  tsv: 'tsv',
  tsve: 'tsve',
  psv: 'psv',
  scsv: 'scsv',
  sohsv: 'sohsv',
  txt: 'txt',
  raw: 'raw',
  json: 'json',
  singlejson: 'multijson',
  multijson: 'multijson',
};
const refusedFormats = ['parquet', 'avro', 'apacheavro', 'orc', 'sstream', 'w3clogfile', 'azmonstream'];
/** Properties that change which rows there are: without them the answer would be another. */
const refusedProperties = new Set([
  'ingestionmappingreference',
  'mappingreference',
  'zippattern',
  'filepattern',
  'recorddelimiter',
  'fielddelimiter',
  'encoding',
  'partition',
  'pathformat',
]);

export const externalData: Source = {
  name: 'externaldata',
  kind: 'ExternalDataExpression',
  compile(node, env, context) {
    const declared = nameColumns(schemaColumns(part(node, 'Schema'), context));
    if (declared.length === 0) context.fail(node, 'type', '`externaldata` needs the columns of its data');
    const urls = listOf(node, 'URIs').map((one) => readUrl(one, env, context));
    const properties = readProperties(node, env, context);
    const format = properties.format ?? formatOfUrl(urls[0] ?? '', node, context);
    const json = format === 'json' || format === 'multijson';
    if (properties.skipFirst && (json || format === 'raw'))
      context.note(`\`ignoreFirstRecord\` has no effect on the format ${format}.`);
    const table: Omit<ExternalTable, 'sqlName'> = {
      columns: declared.map((column, i) => ({
        ...column,
        from: properties.mapping
          ? (properties.mapping.get(column.name) ?? 'nothing')
          : usualValue(column.name, i, format),
      })),
      urls,
      format,
      skipFirst: properties.skipFirst,
      place: context.place(node),
    };
    checkMapping(table, node, context);
    return { from: quoteName(context.external(table)), columns: declared, sorted: false };
  },
};

function usualValue(name: string, place: number, format: ExternalFormat): ExternalValue {
  if (format === 'json' || format === 'multijson') return { path: [name] };
  if (format === 'txt' || format === 'raw') return place === 0 ? { ordinal: 0 } : 'nothing';
  return { ordinal: place };
}

/** The address of a file, known before the query runs. */
function readUrl(node: SyntaxNode, env: Environment, context: Context): string {
  const text = constantString(node, env, context);
  if (text === undefined)
    return context.fail(node, 'unsupported', '`externaldata` needs each address as a constant text');
  if (text.includes(';'))
    return context.fail(node, 'unsupported', 'keys and identities behind `;` in an address are not supported');
  if (!URL.canParse(text)) return context.fail(node, 'type', `${JSON.stringify(text)} is not an address`);
  return text;
}

function constantString(node: SyntaxNode, env: Environment, context: Context): string | undefined {
  if (kindOf(node) === 'FunctionCallExpression' && simpleName(part(node, 'Name')) === 'strcat') {
    const parts = listOf(part(node, 'ArgumentList'), 'Expressions').map((one) => constantString(one, env, context));
    return parts.every((one) => one !== undefined) ? parts.join('') : undefined;
  }
  const value = context.expression(node, { columns: [], env }).constant?.value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? `${value}` : undefined;
}

interface Properties {
  format?: ExternalFormat;
  skipFirst: boolean;
  /** By column. */
  mapping?: Map<string, ExternalValue>;
}

function readProperties(node: SyntaxNode, env: Environment, context: Context): Properties {
  const clause = optionalPart(node, 'WithClause');
  const found: Properties = { skipFirst: false };
  for (const property of clause ? listOf(clause, 'Properties') : []) {
    const name = simpleName(part(property, 'Name'));
    const value = part(property, 'Expression');
    const word = /^[a-z]\w*$/i.test(sourceText(value)) && !env.get(sourceText(value)) ? sourceText(value) : undefined;
    const text = word ?? context.expression(value, { columns: [], env }).constant?.value;
    switch (name.toLowerCase()) {
      case 'format':
        found.format = readFormat(String(text), value, context);
        break;
      case 'ignorefirstrecord':
        if (typeof text !== 'boolean' && !/^(true|false)$/i.test(String(text)))
          context.fail(value, 'type', '`ignoreFirstRecord` is true or false');
        found.skipFirst = /^true$/i.test(String(text));
        break;
      case 'ingestionmapping':
        found.mapping = readMapping(text, value, context);
        break;
      default:
        if (refusedProperties.has(name.toLowerCase()))
          context.fail(property, 'unsupported', `the property \`${name}\` of externaldata is not supported`);
        context.note(`The property \`${name}\` of externaldata has no effect here.`);
    }
  }
  return found;
}

function readFormat(name: string, node: SyntaxNode, context: Context): ExternalFormat {
  const known = formats[name.toLowerCase()];
  if (known) return known;
  if (refusedFormats.includes(name.toLowerCase()))
    return context.fail(
      node,
      'unsupported',
      `the format ${name} is not supported: load the file into the logs, or read it as csv or json`,
    );
  return context.fail(node, 'unsupported', `the format ${name} is unknown: ${Object.keys(formats).join(', ')}`);
}

/** As Kusto does: by the ending of the file's name, else csv. */
function formatOfUrl(url: string, node: SyntaxNode, context: Context): ExternalFormat {
  const name = URL.canParse(url) ? new URL(url).pathname : '';
  const ending = /\.(\w+)$/.exec(name.replace(/\.(gz|zip)$/i, ''))?.[1]?.toLowerCase() ?? '';
  if (refusedFormats.includes(ending)) return readFormat(ending, node, context);
  return formats[ending] ?? 'csv';
}

function readMapping(value: unknown, node: SyntaxNode, context: Context): Map<string, ExternalValue> {
  const entries = typeof value === 'string' ? parseJson(value) : value;
  if (!Array.isArray(entries)) return context.fail(node, 'type', '`ingestionMapping` is no JSON array of columns');
  const mapping = new Map<string, ExternalValue>();
  for (const entry of entries) {
    const outer = keyed(entry);
    const keys = new Map([...outer, ...keyed(outer.get('properties'))]);
    const column = keys.get('column') ?? keys.get('name');
    if (typeof column !== 'string') return context.fail(node, 'type', 'an entry of `ingestionMapping` names no column');
    mapping.set(column, mappedValue(column, keys, node, context));
  }
  return mapping;
}

function mappedValue(column: string, keys: Map<string, unknown>, node: SyntaxNode, context: Context): ExternalValue {
  const transform = keys.get('transform');
  if (transform !== undefined && transform !== null && !/^(none)?$/i.test(String(transform)))
    return context.fail(node, 'unsupported', `the transform ${String(transform)} of ${column} is not supported`);
  const constant = keys.get('constvalue') ?? keys.get('constantvalue');
  if (constant !== undefined && constant !== null) return { constant: String(constant) };
  const path = keys.get('path');
  if (typeof path === 'string') {
    const steps = readPath(path);
    return steps
      ? { path: steps }
      : context.fail(node, 'unsupported', `the path ${path} of ${column} is not supported`);
  }
  const ordinal = Number(keys.get('ordinal') ?? Number.NaN);
  if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal < 1_000) return { ordinal };
  return context.fail(node, 'type', `\`ingestionMapping\` says no Path, Ordinal or ConstValue for ${column}`);
}

/** `$.a.b`, `$['a b'][0]`; undefined where there is more in it, or a quotation mark in a name. */
function readPath(text: string): (string | number)[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]'"\s*]+)|\[(\d+)\]|\[(?:'([^'"]+)'|"([^'"]+)")\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
  }
  return steps;
}

function checkMapping({ columns, format }: Omit<ExternalTable, 'sqlName'>, node: SyntaxNode, context: Context): void {
  const json = format === 'json' || format === 'multijson';
  for (const { name, from } of columns) {
    if (from === 'nothing' || 'constant' in from) continue;
    if ('path' in from !== json) context.fail(node, 'type', `the mapping of ${name} does not fit the format ${format}`);
    if ('path' in from && from.path.some((step) => typeof step === 'string' && step.includes('"')))
      context.fail(node, 'unsupported', `a quotation mark in the name ${name} is not supported in JSON`);
  }
}

/** By names in lower case: mappings are written in both. */
function keyed(entry: unknown): Map<string, unknown> {
  if (typeof entry !== 'object' || entry === null) return new Map();
  return new Map(Object.entries(entry).map(([key, value]) => [key.toLowerCase(), value]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
