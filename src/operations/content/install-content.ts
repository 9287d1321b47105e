import type { Button } from '../../chat/card';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { checkContent } from '../../hunting/check-content';
import { findSolution } from '../../hunting/find-solution';
import { installSolution } from '../../hunting/install-solution';
import { solutionDetails } from '../../hunting/solution-details';
import { contentText } from '../../views/content-counts';
import { noticeCard } from '../../views/notice-card';
import { solutionCard } from '../../views/solution-card';

export const installContent = defineCommand({
  name: 'content install',
  summary: 'Brings a solution into the library',
  formTitle: 'Install a solution',
  submit: 'Install',
  permission: 'lead',
  example: 'content install identity-attacks',
  input: { name: field.text({ label: 'Solution', max: 200, rest: true, sample: 'NAME' }) },
  positional: ['name'],
  async run(ctx, input) {
    const known = await findSolution(ctx, input.name);
    const { content, slug } = known;
    if (known.always || known.installed || !content)
      return { kind: 'card', card: solutionCard(await solutionDetails(ctx, known)), to: 'asker' };
    const report = await installSolution(ctx, content);
    await checkContent(ctx, slug);
    const details = await solutionDetails(ctx, await findSolution(ctx, slug));
    const fit = details.queries.filter((one) => one.missing.length === 0 && one.check?.ok !== false).length;
    const lines = [
      `${content.name} ${content.version} was installed by ${ctx.person.name}: ${contentText(details.counts)}.`,
      ...(fit < details.queries.length
        ? [
            `${fit} of its ${details.queries.length} queries can run here; “content show ${slug}” says why not the others.`,
          ]
        : []),
      ...(report.kept.length > 0 ? [`As they were changed here: ${report.kept.join(', ')}.`] : []),
      ...report.taken.map(({ name, owner }) => `Left out: ${name}, a name that ${owner ?? 'something else here'} has.`),
    ];
    const buttons: Button[] = [
      { label: 'Its queries', command: 'queries', args: { solution: slug }, opens: 'nothing', style: 'primary' },
      { label: 'Run them all', command: 'run-all', args: { solution: slug }, opens: 'nothing' },
      { label: 'Add to a hunt', command: 'add', args: { solution: slug }, opens: 'form' },
      { label: 'What it holds', command: 'content show', args: { name: slug }, opens: 'nothing' },
    ];
    return { kind: 'card', card: noticeCard(lines.join('\n'), buttons), to: 'everyone' };
  },
});
