import { aggregateFunctions, scalarFunctions } from '../../src/kql/functions/registry';
import { refusedAggregates, refusedFunctions } from '../../src/kql/functions/unsupported';
import { insteadOf, plugins } from '../../src/kql/operators/evaluate';
import { operators, sources } from '../../src/kql/operators/registry';
import { unsupportedOperators } from '../../src/kql/operators/unsupported';
import { expressionOperators, graphFunctions, refusalOf, specialFunctions, statementSamples } from './compiled-samples';
import { languageNames } from './language';

type State = 'works' | 'differs' | 'refused';

export interface Entry {
  name: string;
  state: State;
  /** The difference to Kusto, or what to write instead. */
  note: string;
}

const language = languageNames();

function declared(name: string, difference: string | undefined): Entry {
  return { name, state: difference === undefined ? 'works' : 'differs', note: difference ?? '' };
}

function refused(name: string, note = ''): Entry {
  return { name, state: 'refused', note };
}

/** Parts of the language that are no operators by the parser's reckoning. */
const wordsOfKinds: Record<string, string> = {
  MaterializeExpression: 'materialize',
  ToScalarExpression: 'toscalar',
  ToTableExpression: 'totable',
  InlineExternalTableExpression: 'external_table … with',
  ContextualDataTableExpression: '__contextual_datatable',
  MaterializedViewCombineExpression: 'materialized-view-combine',
  PartitionByOperator: '__partitionby',
};
const kindsOfExpressions = new Set(['MaterializeExpression', 'ToScalarExpression']);

function operatorEntry(kind: string): Entry {
  const known = operators.get(kind) ?? sources.get(kind);
  if (known) return declared(known.name, Reflect.get(known, 'difference'));
  const word =
    wordsOfKinds[kind] ??
    kind
      .replace(/Operator$|Expression$/, '')
      .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
      .toLowerCase();
  if (kindsOfExpressions.has(kind)) return declared(word, undefined);
  const unsupported = unsupportedOperators.get(kind);
  return refused(unsupported?.name ?? word, unsupported?.instead);
}

function functionEntry(name: string): Entry {
  const special = specialFunctions[name];
  if (special)
    return refusalOf(special.text) === undefined
      ? declared(name, special.note)
      : refused(name, refusalOf(special.text));
  const graph = graphFunctions[name];
  if (graph) return { ...sampleEntry(name, graph), note: 'only inside the operators of graphs' };
  const known = scalarFunctions.get(name);
  if (!known) return refused(name, name.startsWith('__') ? 'internal to Kusto' : undefined);
  return refusedFunctions.includes(known) ? refused(name, known.difference) : declared(name, known.difference);
}

function aggregateEntry(name: string): Entry {
  const known = aggregateFunctions.get(name);
  if (!known) return refused(name);
  return refusedAggregates.includes(known) ? refused(name, known.difference) : declared(name, known.difference);
}

function pluginEntry(name: string): Entry {
  const known = plugins.get(name);
  return known ? declared(name, known.difference) : refused(name, insteadOf[name]);
}

function sampleEntry(name: string, text: string, note?: string): Entry {
  const refusal = refusalOf(text);
  return refusal === undefined ? declared(name, note) : refused(name);
}

function all(names: string[], more: Iterable<string>): string[] {
  return [...new Set([...names, ...more])];
}

/** Everything that the language or the compiler has a name for, by chapter. */
export function entries(): Record<string, Entry[]> {
  return {
    operators: all(language.operatorKinds, [
      ...operators.keys(),
      ...sources.keys(),
      ...unsupportedOperators.keys(),
    ]).map(operatorEntry),
    'expression operators': expressionOperators.map(([name, text]) => sampleEntry(name, text)),
    statements: language.statementKinds.map((kind) => {
      const sample = statementSamples[kind];
      return sample ? sampleEntry(sample.name, sample.text, sample.note) : refused(kind);
    }),
    plugins: all(language.plugins, plugins.keys()).map(pluginEntry),
    functions: all(language.functions, scalarFunctions.keys()).map(functionEntry),
    aggregates: all(language.aggregates, aggregateFunctions.keys()).map(aggregateEntry),
  };
}

const unordered = new Set(['expression operators', 'statements']);

/** The generated parts of docs/kql.md, by the name that stands in their markers. */
export function kqlReference(): Record<string, string> {
  const chapters = Object.entries(entries());
  return {
    counts: counts(chapters),
    ...Object.fromEntries(chapters.map(([name, found]) => [name, table(found, !unordered.has(name))])),
  };
}

function counts(chapters: [string, Entry[]][]): string {
  const count = (found: Entry[], state: State) => unique(found).filter((one) => one.state === state).length;
  const rows = chapters.map(
    ([name, found]) =>
      `| ${name} | ${count(found, 'works')} | ${count(found, 'differs')} | ${count(found, 'refused')} |`,
  );
  return ['| | work | work, with a difference | refused by name |', '|---|---|---|---|', ...rows].join('\n');
}

/** One row for each name: an operator that begins a query and one behind a pipe may share it. */
function unique(found: Entry[]): Entry[] {
  const byName = new Map<string, Entry>();
  for (const one of found) {
    const other = byName.get(one.name);
    if (!other || one.note.length > other.note.length) byName.set(one.name, one);
  }
  return [...byName.values()];
}

const states: Record<State, string> = { works: 'works', differs: 'works, differs', refused: 'refused' };

function table(found: Entry[], sorted: boolean): string {
  const rows = unique(found);
  if (sorted) rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
  return [
    '| name | state | difference to Kusto, or what to do instead |',
    '|---|---|---|',
    ...rows.map(({ name, state, note }) => `| \`${cell(name)}\` | ${states[state]} | ${cell(note)} |`),
  ].join('\n');
}

/** The page with its generated parts renewed. */
export function renewed(page: string): string {
  return Object.entries(kqlReference()).reduce((text, [name, part]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/kql.md has no place for ${name}`);
    return `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`;
  }, page);
}
