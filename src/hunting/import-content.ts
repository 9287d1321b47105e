import { textHash } from '../content/text-hash';
import type { ContentImport, ImportLine } from '../domain/content-import';
import type { QueryCheck } from '../domain/query';
import type { Clock } from '../ports/clock';
import type { QueryEngine } from '../ports/query-engine';
import { QueryError } from '../ports/query-engine';
import type { Stores } from '../ports/stores';
import { change } from './change';
import { checkQuery, queryFault } from './check-query';
import { type ImportQueryDeps, importQuery, knownQueries } from './import-query';
import { contentIdOf, keepSolutions, type Placed, placePieces } from './import-solutions';
import { contentChanged } from './provided-content';
import type { ReadImport } from './read-import';
import { type SolutionPart, solutionParts } from './solution-parts';
import { namedTables } from './tables-in-text';

export interface ImportDeps {
  stores: Stores;
  engines: ReadonlyMap<string, QueryEngine>;
  clock: Clock;
  queryClock: Clock;
}

/** The engine takes this many at a time; the rest of it is for people who wait. */
const checksAtOnce = 2;

/**
 * Writes what was read: watchlists and parsers first, so that queries that call them are checked with them. Resolves to one line for
 * each piece, in the order of the files. Safe to be done again after it was cut off.
 */
export async function importContent(
  deps: ImportDeps,
  job: ContentImport,
  read: ReadImport,
  onPiece: (done: number, total: number) => Promise<void>,
): Promise<ImportLine[]> {
  const pieces = await placePieces(deps.stores, job, read.pieces);
  const lines = new Map<Placed, ImportLine>();
  const seen = new Map<string, string>();
  let done = 0;
  const settle = async (piece: Placed, line: Pick<ImportLine, 'outcome'> & Partial<ImportLine>) => {
    const { kind, content } = piece.item;
    lines.set(piece, { file: piece.file, kind, name: content.name, key: '', why: '', cannotRun: '', ...line });
    done += 1;
    await onPiece(done, pieces.length);
  };
  try {
    await writePieces();
  } finally {
    // Also what a cancelled import wrote belongs to a solution that can be removed again.
    await keepSolutions(deps, job, pieces, lines);
  }
  return pieces.flatMap((piece) => lines.get(piece) ?? []);

  async function writePieces(): Promise<void> {
    const first: Placed[] = [];
    for (const piece of pieces) {
      const id = `${piece.item.kind} ${contentIdOf(piece.item).toLowerCase()}`;
      const before = seen.get(id);
      if (before === undefined) first.push(piece);
      else await settle(piece, { outcome: 'duplicate', why: `has the id of ${before}` });
      if (before === undefined) seen.set(id, piece.file);
    }
    let provided = false;
    for (const piece of first.filter(({ item }) => item.kind === 'parser' || item.kind === 'watchlist')) {
      const line = await writePart(deps, job, piece);
      provided ||= line.outcome === 'added' || line.outcome === 'updated';
      await settle(piece, line);
    }
    if (provided) await contentChanged(deps.stores);
    const check = (text: string) => look(deps, text);
    const tables = await tableNames(deps.engines);
    const queryDeps: ImportQueryDeps = {
      ...deps,
      job,
      known: await knownQueries(deps.stores),
      check,
      tables: (text) => namedTables(text, tables),
    };
    // One text stands in many files of a collection: the first of them in the order of the files is taken, not the quickest.
    const rest = first.filter(({ item }) => item.kind !== 'parser' && item.kind !== 'watchlist');
    await inTurn(rest, checksAtOnce, textOf, async (piece) => {
      await settle(piece, await importOne(deps, job, queryDeps, piece));
    });
  }
}

async function importOne(deps: ImportDeps, job: ContentImport, queryDeps: ImportQueryDeps, piece: Placed) {
  const { item } = piece;
  if (item.kind === 'hunting-query') return importQuery(queryDeps, item.content, piece);
  if (item.kind === 'hunt-idea') {
    const why = `is an idea for a hunt (${item.content.key}), without KQL: “content ideas ${job.id}” takes it into the backlog`;
    return { outcome: 'left' as const, why };
  }
  const line = await writePart(deps, job, piece);
  if (item.kind !== 'rule-template' || line.key === '') return line;
  const stored = await deps.stores.ruleTemplates.get(line.key);
  const fresh = line.outcome === 'added' || line.outcome === 'updated' || !stored?.check;
  const check = fresh ? await look(deps, item.content.query) : stored.check;
  if (fresh && check) await change(deps.stores.ruleTemplates, line.key, (current) => ({ ...current, check }));
  return { ...line, cannotRun: check && !check.ok ? (check.message ?? 'it is refused') : '' };
}

/** A rule template, parser, watchlist or playbook. */
async function writePart(
  deps: ImportDeps,
  job: ContentImport,
  piece: Placed,
): Promise<Pick<ImportLine, 'outcome' | 'key' | 'why'>> {
  const part = partOf(deps, job, piece);
  const stored = await part.stored();
  if (stored && stored.solution !== piece.solution)
    return {
      outcome: 'duplicate',
      key: part.id,
      why: `has the name of one of ${stored.solution ?? 'this installation'}`,
    };
  if (stored?.contentHash === part.hash) {
    const mine = (at: Date) => at >= job.createdAt;
    const outcome = mine(stored.installedAt) ? 'added' : mine(stored.updatedAt) ? 'updated' : 'unchanged';
    return { outcome, key: part.id, why: '' };
  }
  await part.write();
  return { outcome: stored ? 'updated' : 'added', key: part.id, why: '' };
}

function partOf(deps: ImportDeps, job: ContentImport, { item, solution, author }: Placed): SolutionPart {
  const [part] = solutionParts(
    deps.stores,
    {
      slug: solution,
      author,
      rules: item.kind === 'rule-template' ? [item.content] : [],
      parsers: item.kind === 'parser' ? [item.content] : [],
      watchlists: item.kind === 'watchlist' ? [item.content] : [],
      playbooks: item.kind === 'playbook' ? [item.content] : [],
    },
    job.requestedBy,
    deps.clock.now(),
  );
  if (!part) throw new Error(`${item.kind} is no part of a solution`);
  return part;
}

async function look(deps: ImportDeps, text: string): Promise<QueryCheck | undefined> {
  if (deps.engines.size === 0) return undefined;
  const fault = await checkQuery(deps, text);
  const at = deps.clock.now();
  return fault ? { at, ok: false, code: fault.code, message: queryFault(fault) } : { at, ok: true };
}

async function tableNames(engines: ImportDeps['engines']): Promise<string[]> {
  const [engine] = engines.values();
  try {
    return engine ? (await engine.tables()).map((table) => table.name) : [];
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return [];
  }
}

function textOf({ item }: Placed): string {
  return item.kind === 'hunting-query' ? textHash(item.content.query) : '';
}

/** Several at once, in order, those of one group never at the same time. */
async function inTurn<T>(
  items: readonly T[],
  atOnce: number,
  groupOfItem: (item: T) => string,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const waiting = [...items];
  async function lane(): Promise<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const one = item;
      const group = groupOfItem(one);
      const turn = group === '' ? act(one) : (last.get(group) ?? Promise.resolve()).then(() => act(one));
      if (group !== '') last.set(group, turn);
      await turn;
    }
  }
  // What is under way when one lane ends is waited for: it is written, and has to be known.
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
