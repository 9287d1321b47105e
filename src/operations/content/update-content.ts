import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { checkContent } from '../../hunting/check-content';
import { findSolution } from '../../hunting/find-solution';
import { installSolution } from '../../hunting/install-solution';
import { isUpToDate, planSolution } from '../../hunting/plan-solution';
import { updatePreview } from '../../hunting/update-preview';
import { noticeCard } from '../../views/notice-card';
import { updatePreviewCard } from '../../views/solution-change-cards';
import { counted } from '../../views/wording';

export const updateContent = defineCommand({
  name: 'content update',
  summary: 'Shows what a newer version of a solution changes, and brings it',
  formTitle: 'Update a solution',
  submit: 'Look',
  permission: 'lead',
  example: 'content update identity-attacks',
  input: {
    name: field.text({ label: 'Solution', max: 200, rest: true, sample: 'NAME' }),
    take: field.optional(field.keys('query', { label: 'Take theirs for', summary: 'Queries whose local changes go' })),
    all: field.optional(field.choice({ label: 'All', options: ['ours', 'theirs'], hidden: true })),
    confirmed: field.flag({ label: 'Confirmed', hidden: true }),
  },
  positional: ['name'],
  async run(ctx, input) {
    const { content, installed, name, slug, always } = await findSolution(ctx, input.name);
    if (always || !content)
      throw new UserError(
        'bad-input',
        always ? `${name} is renewed with Talbot itself.` : `${name} was imported: import its newer files again.`,
      );
    if (!installed)
      throw new UserError('bad-input', `${name} is not installed.`, `“content install ${slug}” brings it in.`);
    const plan = await planSolution(ctx, content);
    const edited = plan.queries.filter((one) => one.editedHere);
    if (isUpToDate(plan) && edited.length === 0) {
      const show = { label: 'Show it', command: 'content show', args: { name: slug }, opens: 'nothing' as const };
      return {
        kind: 'card',
        card: noticeCard(`${name} ${installed.solutionVersion} is up to date.`, [show]),
        to: 'asker',
      };
    }
    if (!input.confirmed)
      return { kind: 'card', card: updatePreviewCard(updatePreview(content, installed, plan)), to: 'asker' };
    const take = input.all === 'theirs' ? ('all' as const) : (input.take ?? []);
    const report = await installSolution(ctx, content, { take });
    await checkContent(ctx, slug);
    const parts = [
      report.added.length > 0 ? `new ${report.added.join(', ')}` : '',
      report.updated.length > 0 ? `changed ${report.updated.join(', ')}` : '',
      report.removed.length > 0 ? `removed ${report.removed.join(', ')}` : '',
      report.kept.length > 0 ? `kept as changed here ${report.kept.join(', ')}` : '',
      report.parts > 0 ? counted(report.parts, 'other part') : '',
    ].filter((part) => part !== '');
    const text = `${name} ${content.version} was brought up to date by ${ctx.person.name}: ${parts.join('; ') || 'nothing had to change'}.`;
    const list = { label: 'Its queries', command: 'queries', args: { solution: slug }, opens: 'nothing' as const };
    return { kind: 'card', card: noticeCard(text, [list]), to: 'everyone' };
  },
});
