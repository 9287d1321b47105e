import type { Card, CommandButton } from '../chat/card';
import type { CommandSummary } from '../chat/command-summary';

/** The way of a hunt, step by step; everything else is named below. */
const firstSteps = [
  'tables',
  'new',
  'template',
  'queries',
  'content',
  'run',
  'kql',
  'results',
  'bookmark',
  'comment',
  'hypothesis',
  'list',
] as const;

const firstButtons: CommandButton[] = [
  { label: 'New hunt', command: 'new', args: {}, opens: 'form', style: 'primary' },
  { label: 'Word a hypothesis', command: 'template', args: {}, opens: 'form' },
  { label: 'Packs of queries', command: 'content', args: {}, opens: 'nothing' },
  { label: 'Hunts', command: 'list', args: {}, opens: 'nothing' },
  { label: 'Query library', command: 'queries', args: {}, opens: 'nothing' },
  { label: 'Tables', command: 'tables', args: {}, opens: 'nothing' },
];

/** Only what the caller may use, the first steps first. */
export function helpCard(commands: CommandSummary[]): Card {
  const steps = firstSteps.flatMap((name) => commands.filter((one) => one.name === name));
  const others = commands.filter((one) => !steps.includes(one)).map((one) => one.name);
  return {
    title: 'What Talbot can do',
    blocks: [
      {
        type: 'text',
        text: 'A hunt starts with a hypothesis (“template” words one with you), runs queries over the logs (“content” lists packs of them), keeps what it found, and ends in a verdict. In a hunt’s thread its key may be left out, and a plain reply becomes a comment.',
      },
      { type: 'facts', facts: steps.map((one) => ({ label: one.name, value: one.summary })) },
      ...(others.length > 0 ? [{ type: 'text' as const, text: `Also: ${others.join(' · ')}` }] : []),
      {
        type: 'select',
        field: 'topic',
        label: 'How to write a command',
        options: commands.map((one) => ({ value: one.name, label: `${one.name}: ${one.summary}` })),
        act: { command: 'help', args: {} },
      },
      {
        type: 'actions',
        buttons: firstButtons.filter((button) => commands.some((one) => one.name === button.command)),
      },
    ],
  };
}

export function commandHelpCard(command: CommandSummary): Card {
  return {
    title: `${command.name}: ${command.summary}`,
    blocks: [
      { type: 'code', text: command.usage },
      ...(command.flags.length > 0
        ? [{ type: 'facts' as const, facts: command.flags.map((flag) => ({ label: flag.name, value: flag.summary })) }]
        : []),
      ...(command.example ? [{ type: 'note' as const, text: `For example: ${command.example}` }] : []),
    ],
  };
}
