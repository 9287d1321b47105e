import type { Card } from '../chat/card';
import type { CommandSummary } from '../chat/command-summary';
import type { FieldValues } from '../chat/inbound';
import { oneLine } from './one-line';

/** Words that did not fit a command: what is wrong, how it is written, and the form with what was understood. */
export function inputFaultCard(command: CommandSummary, faults: string[], args: FieldValues, hasForm: boolean): Card {
  const fits = JSON.stringify(args).length <= 1500;
  const { title, blocks } = oneLine(faults.join('\n'), `“${command.name}” did not understand all of that`);
  return {
    title,
    tone: 'warning',
    blocks: [
      ...blocks,
      { type: 'code', text: command.usage },
      ...(command.example ? [{ type: 'note' as const, text: `For example: ${command.example}` }] : []),
      ...(hasForm
        ? [
            {
              type: 'actions' as const,
              buttons: [
                { label: 'Open the form', command: command.name, args: fits ? args : {}, opens: 'form' as const },
              ],
            },
          ]
        : []),
    ],
  };
}

export function unknownCommandCard(word: string, near: CommandSummary[]): Card {
  const title = word === '' ? 'Say a command' : `There is no command “${word.slice(0, 60)}”`;
  return {
    title,
    tone: 'warning',
    blocks: [
      ...(near.length > 0 ? [{ type: 'text' as const, text: 'Did you mean:' }] : []),
      ...(near.length > 0
        ? [{ type: 'facts' as const, facts: near.map((one) => ({ label: one.name, value: one.summary })) }]
        : []),
      {
        type: 'actions',
        buttons: [
          ...near
            .slice(0, 3)
            .map((one) => ({ label: one.name, command: 'help', args: { topic: one.name }, opens: 'nothing' as const })),
          { label: 'All commands', command: 'help', args: {}, opens: 'nothing' },
        ],
      },
    ],
  };
}

/** A file came without a word of what to do with it. */
export function loneFileCard(names: readonly string[]): Card {
  return {
    title: `What shall be done with ${names.slice(0, 3).join(', ').slice(0, 150)}?`,
    blocks: [
      {
        type: 'text',
        text: 'Send it again with one of these words in the same message: “content import” for hunting queries, rules or a whole archive of them; “indicator import” for a list of indicators; “attack load” for another version of ATT&CK; “comment H-1 …” to keep it with a hunt.',
      },
    ],
  };
}
