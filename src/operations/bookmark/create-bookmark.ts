import { bookmarkFields } from '../../commands/bookmark-fields';
import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { toEntityMappings, typedMappings } from '../../commands/query-fields';
import { evidenceHash } from '../../domain/evidence-hash';
import { findEntities, mappingsFor, timeColumnOf } from '../../domain/find-entities';
import { parseRowNumbers } from '../../domain/row-numbers';
import type { Run, RunQuery } from '../../domain/run';
import { UserError } from '../../errors';
import { addEntities } from '../../hunting/entities';
import { findRun, queryOfRun, requireFinished } from '../../hunting/find-run';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import type { Cell } from '../../ports/query-engine';
import { bookmarkCard } from '../../views/bookmark-card';
import { counted } from '../../views/wording';

const mostRows = 200;

export const createBookmark = defineCommand({
  name: 'bookmark',
  summary: 'Keeps rows of a result as evidence',
  formTitle: 'Bookmark rows',
  submit: 'Bookmark',
  permission: 'hunt',
  prominent: true,
  formFirst: true,
  example: 'bookmark R-1 1,3-5 --name "Spray against finance"',
  input: {
    run: field.key('run'),
    rows: field.text({
      label: 'Rows',
      summary: 'Their numbers in the result, such as 1,3-5',
      max: 500,
      sample: '1,3-5',
    }),
    query: field.optional(
      field.text({
        label: 'Query',
        summary: 'Which of the run’s queries, where it has several',
        max: 40,
        sample: 'Q-1',
      }),
    ),
    name: field.optional(field.text({ label: 'Name', summary: 'Left out: the query’s name', max: 200 })),
    ...bookmarkFields(),
  },
  positional: ['run', 'rows', 'query'],
  async fill(ctx, args) {
    if (typeof args.run !== 'string') return {};
    const run = await findRun(ctx, args.run.toUpperCase());
    const query = queryOfRun(run, typeof args.query === 'string' ? args.query : undefined);
    if (!query) return { query: run.queries.find((one) => one.rows > 0)?.id ?? '' };
    return {
      query: query.id,
      rows: query.rows === 1 ? '1' : '',
      name: query.id === 'kql' ? '' : query.name,
      'time-column': timeColumnOf(query.columns) ?? '',
      entities: typedMappings(mappingsFor(query.columns, query.entityMappings)),
      tactics: query.tactics.join(', '),
      techniques: query.techniques.join(', '),
    };
  },
  async run(ctx, input) {
    const run = await findRun(ctx, input.run);
    const query = queryOfRun(run, input.query);
    if (!query)
      throw new UserError(
        'bad-input',
        `${run.id} has several queries with rows.`,
        `Name one: --query ${run.queries.find((one) => one.rows > 0)?.id ?? 'Q-1'}`,
        {
          query: `One of ${run.queries
            .filter((one) => one.rows > 0)
            .map((one) => one.id)
            .join(', ')}.`,
        },
      );
    requireFinished(run, query);
    const hunt = run.hunt ? await ctx.hunt(run.hunt) : await ctx.threadHunt();
    if (!hunt)
      throw new UserError(
        'needs-hunt',
        'A bookmark belongs to a hunt, and this run has none.',
        'Start one with “new …”, or tie this thread to one with “link H-1”; then bookmark again.',
      );
    const numbers = parseRowNumbers(input.rows, mostRows);
    if (!numbers) {
      const fault = `“${input.rows}” is no list of row numbers such as 1,3-5 (at most ${mostRows} rows).`;
      throw new UserError('bad-input', fault, undefined, { rows: fault });
    }
    const rows = await readRows(ctx, run, query, numbers);
    const mappings = input.entities
      ? toEntityMappings(input.entities)
      : mappingsFor(query.columns, query.entityMappings);
    if ('fault' in mappings) throw new UserError('bad-input', mappings.fault, undefined, { entities: mappings.fault });
    const known = new Set(query.columns.map((column) => column.name));
    const stray = mappings.flatMap((one) => one.fieldMappings).find((one) => !known.has(one.columnName));
    if (stray)
      throw new UserError('bad-input', `There is no column “${stray.columnName}”.`, undefined, {
        entities: `There is no column “${stray.columnName}”.`,
      });
    const timeColumn = input['time-column'] ?? timeColumnOf(query.columns);
    if (timeColumn && !known.has(timeColumn))
      throw new UserError('bad-input', `There is no column “${timeColumn}”.`, undefined, {
        'time-column': `There is no column “${timeColumn}”.`,
      });
    const eventTime = firstTime(
      rows,
      query.columns.findIndex((column) => column.name === timeColumn),
    );
    const number = await ctx.stores.next('bookmark');
    const now = ctx.clock.now();
    const bookmark = await ctx.stores.bookmarks.insert({
      id: `B-${number}`,
      number,
      hunt: hunt.id,
      name: input.name ?? query.name,
      notes: input.notes ?? '',
      tags: input.tags ?? [],
      tactics: input.tactics ?? query.tactics,
      techniques: input.techniques ?? query.techniques,
      run: run.id,
      query: { id: query.id, name: query.name, text: query.text },
      engine: run.engine,
      from: run.from,
      to: run.to,
      asOf: run.asOf,
      columns: query.columns,
      rowNumbers: numbers,
      rows,
      hash: evidenceHash(query.columns, rows),
      ...(timeColumn ? { timeColumn } : {}),
      ...(eventTime ? { eventTime } : {}),
      entities: findEntities(query.columns, rows, mappings),
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    });
    await addEntities(ctx, bookmark);
    await recordChange(ctx, {
      hunt: hunt.id,
      subject: bookmark.id,
      what: `bookmarked ${counted(rows.length, 'row')}`,
      after: bookmark.name,
    });
    await refreshHunt(ctx, hunt.id);
    return { kind: 'card', card: bookmarkCard(bookmark, 'Bookmarked'), to: 'everyone' };
  },
});

async function readRows(ctx: Context, run: Run, query: RunQuery, numbers: number[]): Promise<Cell[][]> {
  const past = numbers.find((number) => number > query.rows);
  if (past !== undefined) {
    const fault = `There is no row ${past}: the result has ${query.rows}.`;
    throw new UserError('bad-input', fault, undefined, { rows: fault });
  }
  const key = { run: run.id, query: query.id, attempt: query.attempt };
  const rows: Cell[][] = [];
  for (const number of numbers) {
    const [row] = await ctx.stores.results.slice(key, number - 1, 1);
    if (!row)
      throw new UserError('not-found', `Row ${number} of ${run.id} is not kept any more.`, 'Run the query again.');
    rows.push(row);
  }
  return rows;
}

function firstTime(rows: Cell[][], at: number): Date | undefined {
  if (at < 0) return undefined;
  const times = rows.map((row) => Date.parse(String(row[at] ?? ''))).filter((time) => !Number.isNaN(time));
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
