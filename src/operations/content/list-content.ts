import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { knownSolutions } from '../../hunting/find-solution';
import { solutionLines } from '../../hunting/solution-details';
import { contentListCard } from '../../views/content-list-card';

export const listContent = defineCommand({
  name: 'content',
  summary: 'Lists solutions: packs of queries, rules, parsers and watchlists to install',
  formTitle: 'Solutions',
  permission: 'read',
  prominent: true,
  example: 'content ransomware',
  input: { search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })) },
  positional: ['search'],
  async run(ctx, input) {
    const lines = await solutionLines(ctx, await knownSolutions(ctx), input.search);
    return { kind: 'card', card: contentListCard(lines, input.search), to: 'asker' };
  },
});
