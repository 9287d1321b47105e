import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findSolution } from '../../hunting/find-solution';
import { solutionDetails } from '../../hunting/solution-details';
import { solutionCard } from '../../views/solution-card';

export const showContent = defineCommand({
  name: 'content show',
  summary: 'Shows what a solution holds, and what of it can run here',
  formTitle: 'Show a solution',
  submit: 'Show',
  permission: 'read',
  example: 'content show identity-attacks',
  input: { name: field.text({ label: 'Solution', max: 200, rest: true, sample: 'NAME' }) },
  positional: ['name'],
  async run(ctx, input) {
    const known = await findSolution(ctx, input.name);
    return { kind: 'card', card: solutionCard(await solutionDetails(ctx, known)), to: 'asker' };
  },
});
