import type { Button, Card, ProgressBlock } from '../chat/card';
import { isSettled, type Run, type RunQuery } from '../domain/run';
import { counted, durationText, rangeText } from './wording';

/** The progress of a run: one card, edited in place until nothing waits or runs. */
export function runCard(run: Run, now: Date): Card {
  const settled = isSettled(run);
  const title = `${run.id} · ${headline(run, settled)}`;
  const elapsed = durationText((run.finishedAt ?? now).getTime() - run.createdAt.getTime());
  return {
    title,
    tone: toneOf(run, settled),
    blocks: [
      { type: 'progress', items: run.queries.map((query) => item(query, now)) } satisfies ProgressBlock,
      { type: 'note', text: `${scopeText(run)} · ${settled ? 'took' : 'running for'} ${elapsed}` },
      ...(settled ? [] : [{ type: 'actions' as const, buttons: [cancelButton(run)] }]),
    ],
  };
}

/** Where a run looked, who asked for it, and on which engine. */
export function scopeText(run: Run): string {
  return `${rangeText(run)} · asked by ${run.requestedBy.name} · engine ${run.engine}`;
}

function cancelButton(run: Run): Button {
  return run.state === 'cancelling'
    ? { label: 'Cancel again', command: 'cancel', args: { run: run.id }, opens: 'nothing' }
    : { label: 'Cancel', command: 'cancel', args: { run: run.id }, opens: 'nothing', style: 'danger' };
}

function headline(run: Run, settled: boolean): string {
  const done = run.queries.filter((query) => query.state === 'done').length;
  const of = `${done} of ${counted(run.queries.length, 'query', 'queries')} done`;
  if (!settled) return run.state === 'cancelling' ? `stopping, ${of}` : `${of}`;
  if (run.state === 'cancelled') return `cancelled${run.cancelledBy ? ` by ${run.cancelledBy.name}` : ''}, ${of}`;
  const rows = run.queries.reduce((sum, query) => sum + query.rows, 0);
  const failed = run.queries.filter((query) => query.state === 'failed').length;
  if (failed === run.queries.length) return 'failed';
  return `finished, ${counted(rows, 'row')}${failed > 0 ? `, ${counted(failed, 'query', 'queries')} failed` : ''}`;
}

function toneOf(run: Run, settled: boolean): NonNullable<Card['tone']> {
  if (!settled) return 'progress';
  if (run.state === 'cancelled') return 'neutral';
  return run.queries.some((query) => query.state === 'failed') ? 'warning' : 'good';
}

function item(query: RunQuery, now: Date): ProgressBlock['items'][number] {
  return {
    label: query.id === 'kql' ? query.name : `${query.id} ${query.name}`,
    state: query.state,
    detail: detailOf(query, now),
  };
}

function detailOf(query: RunQuery, now: Date): string {
  // The platform's own sign says that it waits, runs or was cancelled.
  if (query.state === 'waiting' || query.state === 'cancelled') return '';
  const from = query.startedAt?.getTime();
  const spent = from === undefined ? '' : durationText((query.finishedAt ?? now).getTime() - from);
  if (query.state === 'running') return spent;
  if (query.state === 'done') return `${counted(query.rows, 'row')}${query.truncated ? ' (the limit)' : ''}, ${spent}`;
  return errorText(query);
}

/** `unknown column “Foo” (line 3, column 5)` */
export function errorText(query: RunQuery): string {
  const error = query.error;
  if (!error) return 'no reason is known';
  const place = error.line === undefined ? '' : `line ${error.line}, column ${error.column ?? 1}`;
  return place === '' || error.message.includes(place) ? error.message : `${error.message} (${place})`;
}
