import { parseArgs } from 'node:util';

type OutputFormat = 'json' | 'table' | 'csv';

export interface KqlOptions {
  query?: string;
  batch?: string;
  logs?: string;
  asOf?: Date;
  format: OutputFormat;
  check: boolean;
  schema?: string;
  explain: boolean;
  seconds: number;
  help: boolean;
}

/** What is wrong with the words on the command line, as a sentence. */
export class UsageError extends Error {}

export const usage = `npm run kql -- [options] 'QUERY'        one query on the embedded engine; - reads it from standard input
npm run kql -- [options] --batch FILE   each line {"id","query"} gives one line of JSON

  --logs DIR        folder of log tables (TALBOT_LOGS, else the sample logs)
  --as-of TIME      the clock of now() and ago(): 2024-05-01 or 2024-05-01T12:00:00Z (TALBOT_NOW, else the end of the
                    sample logs, for other logs the real time)
  --format FORMAT   table (default), json or csv
  --timeout SECONDS time for one query (60)
  --explain         print the SQL instead of running it
  --check           compile and bind, run nothing
  --schema FILE     with --check: empty tables of these columns (CSV: table_name, column_name, column_type) instead of logs`;

const known = {
  logs: { type: 'string' },
  'as-of': { type: 'string' },
  format: { type: 'string' },
  batch: { type: 'string' },
  check: { type: 'boolean' },
  schema: { type: 'string' },
  explain: { type: 'boolean' },
  timeout: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Throws UsageError. */
export function readKqlOptions(words: string[]): KqlOptions {
  const { values, positionals } = parse(words);
  const [query, ...more] = positionals;
  if (more.length > 0) throw new UsageError('One query at a time: put it in quotes.');
  if (values.schema !== undefined && !values.check)
    throw new UsageError('--schema goes with --check: tables without data cannot be queried.');
  if (values.batch !== undefined && query !== undefined) throw new UsageError('Give a query or --batch, not both.');
  if (values.batch === undefined && query === undefined && !values.help)
    throw new UsageError('Give a query in quotes, or --batch FILE.');
  return {
    ...(query === undefined ? {} : { query }),
    ...(values.batch === undefined ? {} : { batch: values.batch }),
    ...(values.logs === undefined ? {} : { logs: values.logs }),
    ...(values.schema === undefined ? {} : { schema: values.schema }),
    ...(values['as-of'] === undefined ? {} : { asOf: readTime(values['as-of']) }),
    format: readFormat(values.format ?? 'table'),
    check: values.check ?? false,
    explain: values.explain ?? false,
    seconds: readSeconds(values.timeout ?? '60'),
    help: values.help ?? false,
  };
}

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, options: known, allowPositionals: true, strict: true });
  } catch (error) {
    const fault = typeof error === 'object' && error !== null ? error : {};
    const message = 'message' in fault ? String(fault.message) : '';
    const named = /--?[\w-]+/.exec(message)?.[0] ?? 'That';
    if ('code' in fault && fault.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const names = Object.keys(known).map((name) => `--${name}`);
      throw new UsageError(`There is no option ${named}; there are ${names.join(', ')}.`);
    }
    throw new UsageError(`The option ${named} is used wrongly: ${message}`);
  }
}

function readTime(text: string): Date {
  const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.test(text);
  const zoned = /[T ]/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text;
  const time = new Date(zoned);
  if (!iso || Number.isNaN(time.getTime()))
    throw new UsageError(`--as-of ${text} is no time; write 2024-05-01 or 2024-05-01T12:00:00Z.`);
  return time;
}

function readFormat(text: string): OutputFormat {
  if (text === 'json' || text === 'table' || text === 'csv') return text;
  throw new UsageError(`--format ${text} is unknown: json, table or csv.`);
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError(`--timeout ${text} is no number of seconds.`);
  return seconds;
}
