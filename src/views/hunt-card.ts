import type { Block, Button, Card } from '../chat/card';
import type { Hunt } from '../domain/hunt';
import { attackText, counted, instantText, platformText } from './wording';

export interface HuntNumbers {
  queries: number;
  runs: number;
  bookmarks: number;
  entities: number;
  comments: number;
  /** Queries typed in its threads. */
  tabs?: number;
  incidents?: number;
  rules?: number;
  indicators?: number;
}

/** The hunt at a glance, with what to do next: the card whose thread is the hunt's thread. */
export function huntCard(hunt: Hunt, numbers: HuntNumbers, hints: string[] = []): Card {
  const attack = attackText(hunt);
  const blocks: Block[] = [
    ...(hunt.description ? [{ type: 'text' as const, text: hunt.description }] : []),
    {
      type: 'facts',
      facts: [
        { label: 'Status', value: hunt.status },
        { label: 'Hypothesis', value: hunt.because ? `${hunt.hypothesis}: ${hunt.because}` : hunt.hypothesis },
        { label: 'Owner', value: hunt.owner?.name ?? 'nobody yet' },
        ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
        ...(hunt.labels.length > 0 ? [{ label: 'Labels', value: hunt.labels.join(', ') }] : []),
        { label: 'So far', value: numbersText(numbers) },
        ...presence(hunt),
      ],
    },
    { type: 'actions', buttons: nextSteps(hunt, numbers) },
    {
      type: 'note',
      text: `${numbers.queries === 0 ? 'Next: add queries from the library, then run them over the logs. ' : ''}A plain reply in this thread becomes a comment. Created by ${hunt.createdBy.name}, ${instantText(hunt.createdAt)}.`,
    },
    ...hints.map((text) => ({ type: 'note' as const, text })),
  ];
  return { title: `${hunt.id} · ${hunt.name}`, tone: toneOf(hunt), blocks };
}

function presence(hunt: Hunt): { label: string; value: string }[] {
  const platforms = [...new Set(hunt.threads.map((thread) => thread.platform))];
  return platforms.length > 1 ? [{ label: 'Threads in', value: platforms.map(platformText).join(', ') }] : [];
}

function numbersText(numbers: HuntNumbers): string {
  const parts = [
    [numbers.queries, 'query', 'queries'],
    [numbers.runs, 'run', 'runs'],
    [numbers.tabs ?? 0, 'tab', 'tabs'],
    [numbers.bookmarks, 'bookmark', 'bookmarks'],
    [numbers.entities, 'entity', 'entities'],
    [numbers.comments, 'comment', 'comments'],
    [numbers.incidents ?? 0, 'incident', 'incidents'],
    [numbers.rules ?? 0, 'rule', 'rules'],
    [numbers.indicators ?? 0, 'indicator', 'indicators'],
  ] as const;
  const held = parts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return held.length === 0 ? 'nothing yet' : held.join(' · ');
}

function toneOf(hunt: Hunt): NonNullable<Card['tone']> {
  if (hunt.hypothesis === 'Validated') return 'warning';
  return hunt.hypothesis === 'Invalidated' ? 'good' : 'neutral';
}

function nextSteps(hunt: Hunt, numbers: HuntNumbers): Button[] {
  const args = { hunt: hunt.id };
  const add: Button = { label: 'Add queries', command: 'queries', args, opens: 'nothing' };
  const run: Button = { label: 'Run all', command: 'run', args, opens: 'nothing', style: 'primary' };
  const verdict: Button = { label: 'Verdict', command: 'hypothesis', args, opens: 'form' };
  const edit: Button = { label: 'Edit', command: 'edit', args, opens: 'form' };
  const history: Button = { label: 'History', command: 'timeline', args, opens: 'nothing' };
  const begun = numbers.runs > 0 || numbers.bookmarks > 0;
  if (numbers.queries === 0) return [{ ...add, style: 'primary' }, ...(begun ? [verdict] : []), edit, history];
  return [run, add, verdict, edit, history];
}
