import { aggregateFunctions, scalarFunctions } from '../kql/functions/registry';
import type { ProvidedContent } from '../ports/query-engine';

/** Words of the language that a stored function would take out of every query. */
const words = new Set(
  [
    'and as asc assert between by consume contains contains_cs count datatable declare desc distinct endswith evaluate extend',
    'externaldata facet find first fork from getschema has has_all has_any hasprefix hassuffix in invoke join kind last let limit',
    'lookup matches materialize materialized_view not nulls of on or order parse partition pattern print project range reduce render',
    'restrict sample scan search serialize set sort startswith step summarize table take to toscalar top typeof union view where with',
    'bool cluster database datetime decimal double dynamic false guid int long real string timespan true workspace',
    '_GetWatchlist _GetWatchlistAlias',
  ].flatMap((line) => line.split(' ')),
);

/**
 * The functions that queries may be given: one with the name of a table, of a built-in function or of a word of the language would change
 * what every query that names it finds, and so hide rows from people who never asked for it. Those are left out: calling one says that
 * there is no such function.
 */
export function providableFunctions(
  functions: ProvidedContent['functions'],
  tables: Iterable<string>,
): ProvidedContent['functions'] {
  const taken = new Set(tables);
  return functions.filter(
    ({ name }) => !taken.has(name) && !words.has(name) && !scalarFunctions.has(name) && !aggregateFunctions.has(name),
  );
}
