import type { Block, Card } from '../chat/card';
import type { Sweep, SweepCounts } from '../domain/sweep';
import { counted, durationText, rangeText } from './wording';

const barLength = 20;

/** The progress of a sweep: one card, edited in place until every query has its answer. */
export function sweepCard(sweep: Sweep, counts: SweepCounts, now: Date): Card {
  const running = sweep.state === 'running';
  const elapsed = durationText((sweep.finishedAt ?? now).getTime() - sweep.createdAt.getTime());
  return {
    title: `${sweep.id} · ${headline(sweep, counts)}`,
    tone: running ? 'progress' : sweep.state === 'done' ? 'good' : 'neutral',
    blocks: [
      ...(running ? [{ type: 'text' as const, text: `${bar(counts)}\n${countsText(counts)}` }] : []),
      ...(sweep.state === 'cancelled' ? [{ type: 'text' as const, text: `Kept: ${countsText(counts)}.` }] : []),
      { type: 'note', text: `${sweepScope(sweep)} · ${running ? 'running for' : 'took'} ${elapsed}` },
      ...(running
        ? [
            {
              type: 'actions' as const,
              buttons: [
                {
                  label: 'Cancel',
                  command: 'cancel',
                  args: { run: sweep.id },
                  opens: 'nothing' as const,
                  style: 'danger' as const,
                },
              ],
            },
          ]
        : []),
    ],
  };
}

/** `412 of 1,310 queries · 37 with results · 12 not here · 3 failed` */
export function countsText({ total, done, found, missing, failed }: SweepCounts): string {
  const number = (count: number) => count.toLocaleString('en-US');
  return [
    `${number(done)} of ${counted(total, 'query', 'queries')}`,
    `${number(found)} with results`,
    ...(missing > 0 ? [`${number(missing)} not here`] : []),
    ...(failed > 0 ? [`${number(failed)} failed`] : []),
  ].join(' · ');
}

/** Which part of the library, where it looked, who asked, and on which engine. */
export function sweepScope(sweep: Sweep): string {
  const part = sweep.filter === '' ? 'The whole library' : `Only ${sweep.filter}`;
  return `${part} · ${rangeText(sweep)} · asked by ${sweep.requestedBy.name} · engine ${sweep.engine}`;
}

/** A run of the library beside the runs of single queries. */
export function sweepLines(sweep: Sweep, counts: SweepCounts): Block[] {
  const show = {
    label: `Show ${sweep.id}`,
    command: 'sweep show',
    args: { sweep: sweep.id },
    opens: 'nothing' as const,
  };
  return [
    { type: 'note', text: `Library run ${sweep.id}: ${headline(sweep, counts)}, ${countsText(counts)}` },
    { type: 'actions', buttons: [show] },
  ];
}

function headline(sweep: Sweep, counts: SweepCounts): string {
  const all = counted(counts.total, 'query', 'queries');
  if (sweep.state === 'running') return `running ${all}`;
  if (sweep.state === 'cancelled')
    return `cancelled${sweep.cancelledBy ? ` by ${sweep.cancelledBy.name}` : ''} after ${counts.done.toLocaleString('en-US')} of ${all}`;
  return `finished, ${counts.found.toLocaleString('en-US')} of ${all} found something`;
}

function bar({ done, total }: SweepCounts): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * barLength);
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)} ${Math.floor(share * 100)} %`;
}
