import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntReply } from '../../hunting/hunt-numbers';

export const showHunt = defineCommand({
  name: 'show',
  summary: 'Shows a hunt and what can be done next',
  permission: 'read',
  prominent: true,
  example: 'show H-1',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    return huntReply(ctx, await ctx.hunt(input.hunt));
  },
});
