import type { Attack } from '../domain/attack';
import type { Coverage } from '../domain/coverage';
import { createCoverageTally } from '../domain/coverage-tally';
import type { HypothesisStatus } from '../domain/hunt';
import type { HuntQuery } from '../domain/query';
import type { Log } from '../log';
import { type QueryEngine, QueryError } from '../ports/query-engine';
import type { Collection, Find, Stored, Stores } from '../ports/stores';

export interface CoverageDeps {
  stores: Pick<Stores, 'queries' | 'ruleTemplates' | 'runs' | 'hunts'>;
  /** By name; the first is the default. */
  engines: ReadonlyMap<string, QueryEngine>;
  log: Pick<Log, 'warn'>;
}

/** What covers each technique, in one pass over the library, the rule templates, and the hunts with their runs. */
export async function computeCoverage(deps: CoverageDeps, attack: Attack): Promise<Coverage> {
  const { stores } = deps;
  const tables = await tableNames(deps);
  const present = tables && new Set(tables);
  const tally = createCoverageTally(attack);
  const library = { hunt: { missing: true as const }, deletedAt: { missing: true as const } };
  for await (const query of everything(stores.queries, parts.queries, library))
    tally.query(query.id, query.techniques, cannotRun(query, present) ? 'nowhere' : 'here');
  for await (const { id, techniques } of everything(stores.ruleTemplates, parts.ruleTemplates, {}))
    tally.template(id, techniques);
  for (const [hunt, { verdict, ids }] of await huntedTechniques(stores)) tally.hunt(hunt, ids, verdict);
  return tally.finish(tables);
}

/** Hunts that ran at least one query to its end, with the techniques of those queries and of the hunt itself. */
async function huntedTechniques(
  stores: Pick<Stores, 'runs' | 'hunts'>,
): Promise<Map<string, { verdict: HypothesisStatus; ids: Set<string> }>> {
  const hunts = new Map<string, { verdict: HypothesisStatus; techniques: string[] }>();
  for await (const hunt of everything(stores.hunts, parts.hunts, { deletedAt: { missing: true } }))
    hunts.set(hunt.id, { verdict: hunt.hypothesis, techniques: hunt.techniques });
  const found = new Map<string, { verdict: HypothesisStatus; ids: Set<string> }>();
  for await (const run of everything(stores.runs, parts.runs, {})) {
    const hunt = run.hunt === undefined ? undefined : hunts.get(run.hunt);
    const ended = run.queries.filter((query) => query.state === 'done');
    if (run.hunt === undefined || !hunt || ended.length === 0) continue;
    const ids = found.get(run.hunt)?.ids ?? new Set(hunt.techniques);
    for (const id of ended.flatMap((query) => query.techniques)) ids.add(id);
    found.set(run.hunt, { verdict: hunt.verdict, ids });
  }
  return found;
}

/** By its last run over the library, by what the analyser said, and, where neither was asked, by its tables. */
export function cannotRun(
  query: Pick<HuntQuery, 'check' | 'resultState' | 'dataTypes'>,
  tables: ReadonlySet<string> | undefined,
): boolean {
  if (query.resultState === 'counted') return false;
  if (query.resultState === 'missing') return true;
  if (query.check) return !query.check.ok;
  return tables !== undefined && query.dataTypes.length > 0 && !query.dataTypes.some((table) => tables.has(table));
}

/** Tables of the default engine; undefined where there is none, or where it does not answer. */
export async function tableNames({
  engines,
  log,
}: Pick<CoverageDeps, 'engines' | 'log'>): Promise<string[] | undefined> {
  const [engine] = engines.values();
  if (!engine) return undefined;
  try {
    return (await engine.tables()).map((table) => table.name);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    log.warn({ error, engine: engine.name }, 'the tables could not be asked for');
    return undefined;
  }
}

/** What a document of each kind says of it; the rest of a document, such as a query's text, is not read. */
const parts = {
  queries: ['id', 'techniques', 'dataTypes', 'check', 'resultState'],
  ruleTemplates: ['id', 'techniques'],
  hunts: ['id', 'hypothesis', 'techniques'],
  runs: ['hunt', 'queries'],
} as const;

const atOnce = 2000;

/** Some fields of all that fits, a part at a time. */
async function* everything<T extends Stored, F extends keyof T & string>(
  collection: Pick<Collection<T>, 'pick'>,
  fields: readonly F[],
  where: NonNullable<Find<T>['where']>,
): AsyncGenerator<Pick<T, F>> {
  for (let skip = 0; ; skip += atOnce) {
    const part = await collection.pick(fields, { where, skip, limit: atOnce });
    yield* part;
    if (part.length < atOnce) return;
  }
}
