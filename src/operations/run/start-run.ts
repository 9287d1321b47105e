import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { runFields } from '../../commands/run-fields';
import { parseKey } from '../../domain/ids';
import { UserError } from '../../errors';
import { findQuery } from '../../hunting/find-query';
import { runQueryOf, startQueries } from '../../hunting/start-queries';

const most = 100;

export const startRun = defineCommand({
  name: 'run',
  summary: 'Runs the hunt’s queries',
  formTitle: 'Run queries',
  submit: 'Run',
  permission: 'hunt',
  prominent: true,
  example: 'run --since 30d',
  input: {
    hunt: field.optional(field.hunt()),
    queries: field.optional(
      field.list({
        label: 'Queries',
        summary: 'Left out: all of the hunt’s queries',
        sample: 'Q-1 Q-2',
        most,
        one: (word) => {
          if (word.toLowerCase() === 'all') return { value: 'all' };
          const key = parseKey('query', word);
          return key ? { value: key } : { fault: `“${word}” is not a query key such as Q-1.` };
        },
      }),
    ),
    ticked: field.flag({ label: 'Ticked queries only', hidden: true }),
    ...runFields(),
  },
  positional: ['hunt', 'queries'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const keys = (input.queries ?? []).filter((key) => key !== 'all');
    if (input.ticked && keys.length === 0)
      throw new UserError('bad-input', 'No query is ticked.', 'Tick some on the card, then press the button again.');
    if (!hunt && keys.length === 0)
      throw new UserError(
        'needs-hunt',
        'Which hunt shall run?',
        'Say “run H-1”, or type “run” in the hunt’s thread. “run Q-1” runs a library query by itself.',
      );
    const own = hunt
      ? await ctx.stores.queries.find({
          where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
          sort: [{ field: 'number', direction: 'up' }],
          limit: most + 1,
        })
      : [];
    if (hunt && own.length === 0 && keys.length === 0)
      throw new UserError(
        'bad-input',
        `${hunt.id} has no queries yet.`,
        `“queries ${hunt.id}” shows the library to tick from, “add ${hunt.id} Q-1 Q-2” adds by key.`,
      );
    if (own.length > most && keys.length === 0)
      throw new UserError('too-large', `${hunt?.id} has more than ${most} queries.`, 'Name the ones to run.');
    const queries =
      keys.length === 0
        ? own
        : await Promise.all(
            keys.map(
              (key) =>
                own.find((query) => query.id === key || query.id === `${hunt?.id}/${key}`) ?? findQuery(ctx, key),
            ),
          );
    return startQueries(ctx, {
      ...(hunt ? { hunt } : {}),
      queries: [...new Map(queries.map((query) => [runQueryOf(query).id, runQueryOf(query)])).values()],
      since: input.since,
      from: input.from,
      to: input.to,
      asOf: input['as-of'],
      engine: input.engine,
    });
  },
});
