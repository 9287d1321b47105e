import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { huntOfIdea, readIdeas } from '../../hunting/hunt-ideas';
import { noticeCard } from '../../views/notice-card';
import { counted, shortened, tacticText } from '../../views/wording';

export const takeIdeas = defineCommand({
  name: 'content ideas',
  summary: 'Shows the hunts without a query that an import held, and takes them into the backlog',
  formTitle: 'Ideas of an import',
  submit: 'Show',
  permission: 'lead',
  example: 'content ideas M-1',
  input: { import: field.key('import'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['import'],
  async run(ctx, input) {
    const job = await ctx.stores.imports.get(input.import);
    if (!job)
      throw new UserError('not-found', `There is no import ${input.import}.`, 'Its key is on its card, such as M-1.');
    const ideas = await readIdeas(ctx.stores.results, job.id);
    if (ideas.length === 0)
      throw new UserError(
        'not-found',
        job.purgedAt ? `The ideas of ${job.id} were cleared away.` : `${job.id} held no ideas for hunts.`,
        'Import it again.',
      );
    if (!input.confirmed) {
      const take = {
        label: `Take ${counted(ideas.length, 'idea')} into the backlog`,
        command: 'content ideas',
        args: { import: job.id, confirmed: 'yes' },
        opens: 'nothing' as const,
        style: 'primary' as const,
      };
      return {
        kind: 'card',
        card: {
          title: `${counted(ideas.length, 'idea')} for hunts in ${job.id}`,
          blocks: [
            {
              type: 'table',
              columns: [{ title: 'Idea' }, { title: 'Hypothesis' }, { title: 'Tactics' }],
              rows: ideas
                .slice(0, 15)
                .map((one) => [one.key, shortened(one.hypothesis, 120), one.tactics.map(tacticText).join(', ')]),
              ...(ideas.length > 15 ? { total: ideas.length, rest: 'all of them are taken' } : {}),
            },
            { type: 'actions', buttons: [take] },
            {
              type: 'note',
              text: 'Each becomes a hunt with the status Backlog and the label hearth, once; “delete H-1” takes one out again.',
            },
          ],
        },
        to: 'asker',
      };
    }
    const made: string[] = [];
    for (const idea of ideas) {
      const hunt = await huntOfIdea(ctx, idea);
      if (hunt) made.push(hunt);
    }
    const known = ideas.length - made.length;
    const list = {
      label: 'The backlog',
      command: 'list',
      args: { status: 'Backlog', label: 'hearth' },
      opens: 'nothing' as const,
    };
    const text = `${counted(made.length, 'hunt')} taken into the backlog by ${ctx.person.name}${known > 0 ? `; ${known} were there already` : ''}.`;
    return { kind: 'card', card: noticeCard(text, [list]), to: 'everyone' };
  },
});
