import type { Card } from '../chat/card';
import type { CommandSummary } from '../chat/command-summary';

/** Only what the caller may use, the first steps first. */
export function helpCard(commands: CommandSummary[]): Card {
  return {
    title: 'What Talbot can do',
    blocks: [
      { type: 'heading', text: 'What Talbot can do' },
      {
        type: 'text',
        text: 'A hunt starts with a hypothesis, runs queries over the logs, keeps what it found, and ends in a verdict. In a hunt’s thread its key may be left out, and a plain reply becomes a comment.',
      },
      { type: 'facts', facts: commands.map((one) => ({ label: one.name, value: one.summary })) },
      {
        type: 'select',
        field: 'topic',
        label: 'More about a command',
        options: commands.map((one) => ({ value: one.name, label: one.name })),
        act: { command: 'help', args: {} },
      },
      {
        type: 'actions',
        buttons: [
          { label: 'New hunt', command: 'new', args: {}, opens: 'form', style: 'primary' },
          { label: 'Hunts', command: 'list', args: {}, opens: 'nothing' },
          { label: 'Query library', command: 'queries', args: {}, opens: 'nothing' },
          { label: 'Tables', command: 'tables', args: {}, opens: 'nothing' },
        ],
      },
    ],
  };
}

export function commandHelpCard(command: CommandSummary): Card {
  return {
    title: command.name,
    blocks: [
      { type: 'heading', text: command.name },
      { type: 'text', text: command.summary },
      { type: 'code', text: command.usage },
      ...(command.flags.length > 0
        ? [{ type: 'facts' as const, facts: command.flags.map((flag) => ({ label: flag.name, value: flag.summary })) }]
        : []),
      ...(command.example ? [{ type: 'note' as const, text: `For example: ${command.example}` }] : []),
    ],
  };
}
