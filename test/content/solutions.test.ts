import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isTactic, isTechnique, techniques } from '../../src/content/attack/attack';
import { builtInQueries } from '../../src/content/built-in';
import { readSolution } from '../../src/content/read-solution';
import { sampleColumns } from '../../src/content/sample-logs/columns';
import { textHash } from '../../src/content/text-hash';
import { entityTypes } from '../../src/domain/entity';
import { createDuckdbEngine, type DuckdbEngine } from '../../src/engines/duckdb/engine';
import type { Column, ColumnType } from '../../src/ports/query-engine';
import { provideTo, solutionsFolder } from '../support/sample-with-solutions';

const solutions = readdirSync(solutionsFolder)
  .sort()
  .map((slug) => readSolution(path.join(solutionsFolder, slug)));
const queries = solutions.flatMap((one) => one.queries);
const rules = solutions.flatMap((one) => one.rules);
const parsers = solutions.flatMap((one) => one.parsers);
const all = [...queries, ...rules].map((item) => [item.source, item] as const);

const columnTypes = 'bool int long real decimal string datetime timespan guid dynamic'.split(' ');
const isColumnType = (type: string | undefined): type is ColumnType => columnTypes.includes(type ?? '');

/** Lines of table, column, type and a description; a line whose type is none of Kusto's is passed over. */
function realTables(csv: string): { name: string; columns: Column[] }[] {
  const tables = new Map<string, Map<string, Column>>();
  for (const line of csv.split('\n')) {
    const [, table, name, type] = /^"([^"]*)","([^"]*)","([^"]*)"/.exec(line) ?? [];
    if (!table || !name || !isColumnType(type)) continue;
    const columns = tables.get(table) ?? new Map<string, Column>();
    if (!columns.has(name.toLowerCase())) columns.set(name.toLowerCase(), { name, type });
    tables.set(table, columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns: [...columns.values()] }));
}

describe('the solutions of our own', () => {
  it.each(solutions.map((one) => [one.slug, one] as const))('%s is a whole pack', (slug, solution) => {
    expect(solution.author).toBe('Talbot');
    expect(solution.description.length).toBeGreaterThan(60);
    expect(solution.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(solution.queries.length).toBeGreaterThanOrEqual(6);
    expect(solution.rules.length).toBeGreaterThanOrEqual(2);
    const named = [
      ...solution.queries,
      ...solution.rules,
      ...solution.parsers,
      ...solution.watchlists,
      ...solution.playbooks,
    ]
      .map((item) => item.source)
      .sort();
    const there = readdirSync(path.join(solutionsFolder, slug), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith(`${path.sep}Data`))
      .map((entry) => path.relative(solutionsFolder, path.join(entry.parentPath, entry.name)))
      .sort();
    expect(named).toEqual(there);
  });

  it('have one id, name and text each, the built-in queries counted', () => {
    const items = [...builtInQueries(), ...queries];
    for (const key of ['id', 'name'] as const)
      expect(new Set(items.map((item) => item[key].toLowerCase())).size).toBe(items.length);
    expect(new Set(items.map((item) => textHash(item.query))).size).toBe(items.length);
    expect(new Set([...items, ...rules, ...parsers].map((item) => item.id)).size).toBe(
      items.length + rules.length + parsers.length,
    );
    expect(new Set(parsers.map((parser) => parser.functionName)).size).toBe(parsers.length);
    const aliases = solutions.flatMap((one) => one.watchlists.map((list) => list.alias));
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  it.each(all)('%s is filed where a hunter looks for it', (_, item) => {
    expect(item.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(item.name.length).toBeLessThanOrEqual(50);
    expect(item.description.length).toBeGreaterThan(40);
    expect(item.description.length).toBeLessThanOrEqual(255);
    expect(item.tactics.filter((tactic) => !isTactic(tactic))).toEqual([]);
    expect(item.techniques.length).toBeGreaterThan(0);
    expect(item.techniques.filter((technique) => !isTechnique(technique))).toEqual([]);
    for (const id of item.techniques) {
      const found = techniques.find((candidate) => candidate.id === id);
      expect([id, found?.tactics.some((tactic) => item.tactics.includes(tactic))]).toEqual([id, true]);
    }
    expect(item.entityMappings.length).toBeGreaterThan(0);
    for (const mapping of item.entityMappings) {
      expect(entityTypes).toContain(mapping.entityType);
      expect(mapping.fieldMappings.length).toBeLessThanOrEqual(3);
    }
  });

  it.each(all)('%s says which tables it reads, those of its parsers too', (_, item) => {
    const called = parsers.filter(({ functionName }) => new RegExp(`\\b${functionName}\\b`).test(item.query));
    const text = [item.query, ...called.map((parser) => parser.body)].join('\n');
    const named = Object.keys(sampleColumns).filter((table) => new RegExp(`\\b${table}\\b`).test(text));
    expect(named.filter((table) => !item.dataTypes.includes(table))).toEqual([]);
    expect(item.dataTypes.filter((table) => !new RegExp(`\\b${table}\\b`).test(text))).toEqual([]);
  });

  it.each(all)('%s reads parsers and watchlists of its own solution', (source, item) => {
    const own = solutions.find((one) => source.startsWith(`${one.slug}/`));
    const foreign = parsers
      .filter((parser) => !own?.parsers.includes(parser))
      .filter(({ functionName }) => new RegExp(`\\b${functionName}\\b`).test(item.query));
    expect(foreign).toEqual([]);
    const read = [...item.query.matchAll(/_GetWatchlist\(['"](\w+)['"]\)/g)].map(([, alias]) => alias);
    const aliases = own?.watchlists.map((list) => list.alias) ?? [];
    expect(read.filter((alias) => !aliases.includes(alias ?? ''))).toEqual([]);
  });

  it.each(solutions.map((one) => [one.slug, one] as const))('%s uses each of its parsers and lists', (_, solution) => {
    const text = [...solution.queries, ...solution.rules].map((item) => item.query).join('\n');
    const names = [...solution.parsers.map((one) => one.functionName), ...solution.watchlists.map((one) => one.alias)];
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

describe('against the columns of the real tables', () => {
  const schema = path.join(__dirname, '../../../shared/kql/log-analytics-tables.csv.gz');
  const asOf = new Date('2026-11-24T15:30:00Z');
  let folder: string;
  let engine: DuckdbEngine | undefined;

  beforeAll(async () => {
    if (!existsSync(schema)) return;
    folder = await mkdtemp(path.join(tmpdir(), 'talbot-solutions-'));
    const tables = realTables(gunzipSync(readFileSync(schema)).toString('utf8'));
    engine = await createDuckdbEngine({ logs: { tables }, dataFolder: folder, clock: { now: () => asOf } });
    await provideTo(engine, solutions);
  }, 60_000);

  afterAll(async () => {
    await engine?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  async function columnsOf(text: string): Promise<Column[] | undefined> {
    if (!engine) console.warn('left out: no list of the real tables on this machine');
    return engine?.check({ text, asOf });
  }

  it.each(all)('%s compiles and gives the columns of its mappings', async (_, item) => {
    const columns = await columnsOf(item.query);
    if (!columns) return;
    const names = columns.map((column) => column.name);
    const mapped = item.entityMappings.flatMap((mapping) => mapping.fieldMappings.map((field) => field.columnName));
    expect(mapped.filter((column) => !names.includes(column))).toEqual([]);
  });

  it.each(parsers.map((parser) => [parser.source, parser] as const))('%s compiles', async (_, parser) => {
    const columns = await columnsOf(parser.functionName);
    expect(columns?.length).not.toBe(0);
  });
});
