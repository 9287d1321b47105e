import type { Block, Card } from '../chat/card';
import type { FieldValues } from '../chat/inbound';
import type { Hunt } from '../domain/hunt';
import { counted, dayText, shortened } from './wording';

interface Earlier {
  hunt: Pick<
    Hunt,
    'id' | 'name' | 'hypothesis' | 'because' | 'status' | 'owner' | 'createdBy' | 'createdAt' | 'closedAt' | 'verdictAt'
  >;
  techniques: string[];
  indicators: string[];
  words: string[];
}

/** What came of hunts that look like the one just begun; for the one who began it. */
export function earlierHuntsCard(begun: string, earlier: Earlier[], mayDelete: boolean): Card {
  return {
    title: `${begun} has begun; ${counted(earlier.length, 'earlier hunt')} ${earlier.length === 1 ? 'looks' : 'look'} like it`,
    tone: 'warning',
    blocks: [
      ...earlierBlocks(earlier),
      {
        type: 'actions',
        buttons: mayDelete
          ? [{ label: `Undo ${begun}`, command: 'delete', args: { hunt: begun, confirmed: 'yes' }, opens: 'nothing' }]
          : [{ label: `Close ${begun}`, command: 'close', args: { hunt: begun }, opens: 'nothing' }],
      },
    ],
  };
}

/** The same before a hunt begins: nothing was made yet, and `args` begin it all the same. */
export function beforeItBeginsCard(name: string, earlier: Earlier[], args: FieldValues): Card {
  return {
    title: `Before “${shortened(name, 80)}” begins: ${counted(earlier.length, 'earlier hunt')} ${earlier.length === 1 ? 'looks' : 'look'} like it`,
    tone: 'warning',
    blocks: [
      ...earlierBlocks(earlier),
      {
        type: 'actions',
        buttons: [{ label: 'Begin it all the same', command: 'new', args, opens: 'nothing', style: 'primary' }],
      },
      { type: 'note', text: 'Nothing was made yet.' },
    ],
  };
}

function earlierBlocks(earlier: Earlier[]): Block[] {
  return [
    {
      type: 'facts',
      facts: earlier.map((one) => ({
        label: shortened(`${one.hunt.id} · ${one.hunt.name}`, 80),
        value: `${outcome(one.hunt)}\nAlike: ${likeness(one)}`,
      })),
    },
    {
      type: 'select',
      field: 'hunt',
      label: 'Open an earlier hunt',
      options: earlier.map(({ hunt }) => ({ value: hunt.id, label: shortened(`${hunt.id} · ${hunt.name}`, 75) })),
      act: { command: 'show', args: {} },
    },
  ];
}

function outcome(hunt: Earlier['hunt']): string {
  const verdict = hunt.hypothesis === 'Unknown' ? 'No verdict' : hunt.hypothesis;
  const because = hunt.because ? `: ${shortened(hunt.because, 150)}` : '';
  const when = hunt.verdictAt ?? hunt.closedAt ?? hunt.createdAt;
  return `${verdict}${because} · ${hunt.status}, ${dayText(when)} · ${(hunt.owner ?? hunt.createdBy).name}`;
}

function likeness({ indicators, techniques, words }: Earlier): string {
  return shortened([...indicators, ...techniques, ...words.map((word) => `“${word}”`)].slice(0, 8).join(', '), 160);
}
