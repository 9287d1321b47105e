import { defineCommand } from '../commands/define-command';
import { field } from '../commands/field';
import { UserError } from '../errors';
import { commandHelpCard, helpCard } from '../views/help-card';

export const showHelp = defineCommand({
  name: 'help',
  summary: 'Shows what you can do, or how one command is written',
  permission: 'read',
  prominent: true,
  example: 'help run',
  input: { topic: field.optional(field.text({ label: 'Command', max: 60, rest: true, sample: 'COMMAND' })) },
  positional: ['topic'],
  async run(ctx, { topic }) {
    const commands = ctx.commands();
    if (!topic) return { kind: 'card', card: helpCard(commands), to: 'asker' };
    const command = commands.find((one) => one.name === topic.toLowerCase());
    if (!command)
      throw new UserError('not-found', `There is no command “${topic}” for you.`, 'Type “help” to see all of them.');
    return { kind: 'card', card: commandHelpCard(command), to: 'asker' };
  },
});
