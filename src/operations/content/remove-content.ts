import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { findSolution } from '../../hunting/find-solution';
import { planRemoval, removeSolution } from '../../hunting/remove-solution';
import { noticeCard } from '../../views/notice-card';
import { removeSolutionCard } from '../../views/solution-change-cards';

export const removeContent = defineCommand({
  name: 'content remove',
  summary: 'Takes a solution out of the library; hunts keep their clones',
  formTitle: 'Remove a solution',
  submit: 'Remove',
  permission: 'lead',
  example: 'content remove identity-attacks',
  input: {
    name: field.text({ label: 'Solution', max: 200, rest: true, sample: 'NAME' }),
    edited: field.defaulting(field.choice({ label: 'What was changed here', options: ['keep', 'delete'] }), 'keep'),
    confirmed: field.flag({ label: 'Confirmed', hidden: true }),
  },
  positional: ['name'],
  async run(ctx, input) {
    const { installed, name, slug, always, content } = await findSolution(ctx, input.name);
    if (always) throw new UserError('bad-input', `${name} is part of every installation and stays.`);
    if (!installed) throw new UserError('bad-input', `${name} is not installed.`, 'Type “content” to see what is.');
    if (!input.confirmed) {
      const { queries, edited, hunts } = await planRemoval(ctx, installed);
      const parts = installed.items.filter((item) => item.kind !== 'hunting-query').length;
      const card = removeSolutionCard({ slug, name, queries: queries.length, parts, edited, hunts });
      return { kind: 'card', card, to: 'asker' };
    }
    const how = input.edited === 'delete' ? 'delete' : 'keep edited';
    const kept = await removeSolution(ctx, installed, how);
    const undo = { label: 'Undo', command: 'content install', args: { name: slug }, opens: 'nothing' as const };
    const still = kept.length > 0 ? ` Changed here and kept as our own: ${kept.join(', ')}.` : '';
    const text = `${name} was removed by ${ctx.person.name}.${still}`;
    return { kind: 'card', card: noticeCard(text, content ? [undo] : [], 'neutral'), to: 'everyone' };
  },
});
