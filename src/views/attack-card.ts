import type { Block, Button, Card } from '../chat/card';
import type { Attack } from '../domain/attack';
import { counted } from './wording';

const map: Button = { label: 'Coverage', command: 'coverage', args: {}, opens: 'nothing' };

/** The ATT&CK in use, and for an administrator the way to another. */
export function attackCard(attack: Attack, may: { load: boolean; reset: boolean }): Card {
  const subs = attack.techniques.filter(({ id }) => id.includes('.')).length;
  const used = attack.techniques.some(({ uses }) => uses !== undefined);
  return {
    title: `ATT&CK Enterprise ${attack.version}`,
    blocks: [
      {
        type: 'text',
        text: `${attack.tactics.length} tactics, ${attack.techniques.length - subs} techniques and ${counted(subs, 'sub-technique')}; ${used ? 'with how often each is used' : 'without how often each is used: a STIX bundle of MITRE’s has that'}.`,
      },
      {
        type: 'actions',
        buttons: [
          map,
          ...(may.load
            ? [{ label: 'Load the newer one', command: 'attack load', args: {}, opens: 'nothing' as const }]
            : []),
          ...(may.reset
            ? [
                {
                  label: 'Back to Talbot’s own',
                  command: 'attack load',
                  args: { own: 'yes' },
                  opens: 'nothing' as const,
                  confirm: { title: 'Use Talbot’s own?', text: 'What was loaded is forgotten.', yes: 'Use it' },
                },
              ]
            : []),
        ],
      },
      { type: 'note', text: attack.notice },
    ],
  };
}

export interface AttackChangeFacts {
  before: Attack;
  after: Attack;
  added: string[];
  gone: string[];
  inUse: { id: string; count: number; today?: string }[];
}

/** What another ATT&CK changed, above all for what is named here. */
export function attackChangeCard({ before, after, added, gone, inUse }: AttackChangeFacts, by: string): Card {
  const blocks: Block[] = [
    {
      type: 'text',
      text: `${counted(added.length, 'id')} new, ${counted(gone.length, 'id')} gone. In use everywhere now; set by ${by}.`,
    },
  ];
  if (inUse.length > 0) {
    const lines = inUse
      .slice(0, 30)
      .map(
        ({ id, count, today }) =>
          `• ${id}, named by ${count}: ${today === undefined ? 'nothing took its place' : `now ${today} ${after.technique(today)?.name ?? ''}`}`,
      );
    if (inUse.length > 30) lines.push(`… and ${inUse.length - 30} more`);
    blocks.push(
      { type: 'heading', text: 'Named by queries, rules or hunts, and gone' },
      { type: 'text', text: lines.join('\n') },
    );
  }
  blocks.push({ type: 'actions', buttons: [map] }, { type: 'note', text: after.notice });
  return {
    title: `ATT&CK ${after.version} in place of ${before.version}`,
    tone: inUse.some(({ today }) => today === undefined) ? 'warning' : 'good',
    blocks,
  };
}
