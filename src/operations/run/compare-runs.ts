import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { rowIdentity } from '../../domain/row-identity';
import type { Run, RunQuery } from '../../domain/run';
import { UserError } from '../../errors';
import { compareRuns as compare } from '../../hunting/compare-runs';
import { findRun, queryOfRun, requireFinished } from '../../hunting/find-run';
import { keepFile } from '../../hunting/keep-file';
import { comparisonCard } from '../../views/comparison-card';
import { csvLine } from '../../views/csv-line';

export const compareRuns = defineCommand({
  name: 'compare',
  summary:
    'Compares two runs of a query: rows new, gone and the same; with one run named, the one before it in the hunt',
  formTitle: 'Compare two runs',
  submit: 'Compare',
  permission: 'read',
  example: 'compare R-1 R-2',
  input: {
    earlier: field.key('run', { label: 'Earlier run' }),
    later: field.optional(field.key('run', { label: 'Later run' })),
    query: field.optional(
      field.text({ label: 'Query', summary: 'Which of the runs’ queries', max: 40, sample: 'Q-1' }),
    ),
    keys: field.optional(
      field.list({
        label: 'Same row',
        summary: 'Columns that make two rows the same; left out: chosen by their names',
        sample: 'Account,IPAddress',
        one: (word) => ({ value: word }),
      }),
    ),
    file: field.flag({ label: 'As a file', hidden: true }),
  },
  positional: ['earlier', 'later', 'query'],
  async run(ctx, input) {
    const [one, other] = await bothRuns(ctx, input.earlier, input.later, input.query);
    const [earlier, later] = one.run.number < other.run.number ? [one, other] : [other, one];
    requireFinished(earlier.run, earlier.query);
    requireFinished(later.run, later.query);
    const names = later.query.columns.map((column) => column.name);
    const stray = input.keys?.find((key) => !names.includes(key));
    if (stray)
      throw new UserError('bad-input', `There is no column “${stray}”.`, `There is ${names.join(', ')}.`, {
        keys: `There is no column “${stray}”.`,
      });
    const missing = input.keys?.find((key) => !earlier.query.columns.some((column) => column.name === key));
    if (missing)
      throw new UserError(
        'bad-input',
        `${earlier.run.id} has no column “${missing}”.`,
        'Choose columns that both runs have.',
        { keys: `${earlier.run.id} has no column “${missing}”.` },
      );
    const both = later.query.columns.filter(({ name }) => earlier.query.columns.some((column) => column.name === name));
    const identity = input.keys
      ? { keys: input.keys, ignored: names.filter((name) => !input.keys?.includes(name)) }
      : rowIdentity(both);
    if (identity.keys.length === 0)
      throw new UserError('bad-input', `${earlier.run.id} and ${later.run.id} have no column in common.`);
    const compared = await compare(ctx.stores.results, earlier, later, identity.keys);
    const facts = (side: { run: Run; query: RunQuery }) => ({
      id: side.run.id,
      createdAt: side.run.createdAt,
      query: side.query,
    });
    const card = comparisonCard({ ...compared, identity, earlier: facts(earlier), later: facts(later) });
    if (!input.file) return { kind: 'card', card, to: 'asker' };
    const lines = [
      ...compared.fresh.map(({ row }) => csvLine(['new', ...row])),
      ...compared.gone.map(({ row }) => csvLine(['gone', ...row])),
    ];
    const left = compared.freshTotal + compared.goneTotal - lines.length;
    const text = csvLine(['change', ...names]) + lines.join('');
    const { file } = await keepFile(
      ctx,
      { name: `${earlier.run.id}-${later.run.id}.csv`, mime: 'text/csv; charset=utf-8', bytes: Buffer.from(text) },
      ctx.person,
    );
    const title = `${card.title}, asked for by ${ctx.person.name}${left > 0 ? `; ${left} further rows are not in the file` : ''}`;
    return { kind: 'file', file, card: { title, blocks: [{ type: 'text', text: title }] } };
  },
});

interface Side {
  run: Run;
  query: RunQuery;
}

async function bothRuns(
  ctx: Context,
  first: string,
  second: string | undefined,
  query: string | undefined,
): Promise<[Side, Side]> {
  const run = await findRun(ctx, first);
  const one = sideOf(run, query);
  if (second) return [one, sideOf(await findRun(ctx, second), query ?? one.query.id)];
  if (!run.hunt)
    throw new UserError('bad-input', `${run.id} belongs to no hunt.`, 'Name the other run too: “compare R-1 R-2”.');
  const before = await ctx.stores.runs.find({
    where: { hunt: { is: run.hunt }, number: { below: run.number } },
    sort: [{ field: 'number', direction: 'down' }],
    limit: 200,
  });
  for (const other of before) {
    const same = other.queries.find((candidate) => candidate.id === one.query.id && candidate.state === 'done');
    if (same && other.tab === run.tab && !other.purgedAt) return [{ run: other, query: same }, one];
  }
  throw new UserError(
    'not-found',
    `${run.hunt} has no earlier run of this query.`,
    '“runs” lists them; name two: “compare R-1 R-2”.',
  );
}

function sideOf(run: Run, named: string | undefined): Side {
  const query = queryOfRun(run, named);
  if (!query)
    throw new UserError(
      'bad-input',
      `${run.id} has several queries with rows.`,
      `Name one: “compare … --query ${run.queries.find((one) => one.rows > 0)?.id ?? 'Q-1'}”.`,
    );
  return { run, query };
}
