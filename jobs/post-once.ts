import type { Button, Card } from '../src/chat/card';
import type { Sweep } from '../src/domain/sweep';
import { change } from '../src/hunting/change';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatform } from '../src/ports/chat-platform';
import type { Collection, Stored } from '../src/ports/stores';
import { noticeCard } from '../src/views/notice-card';

/** A record whose progress is one card, edited in place, and whose result is posted once. */
export type Delivered = Stored & Pick<Sweep, 'thread' | 'progress' | 'result'>;

export interface Delivery<T extends Delivered> {
  chat: ChatPlatform;
  records: Collection<T>;
  progressCard(record: T): Card;
  resultCard(record: T): Promise<Card>;
  /** What stays of a result whose card the platform refuses. */
  view(record: T): Button;
  log: Log;
}

export async function editProgress<T extends Delivered>(delivery: Delivery<T>, record: T): Promise<void> {
  const { chat, records, log } = delivery;
  if (!record.progress.message || holdsResult(record)) return;
  try {
    await chat.update(record.progress.message, delivery.progressCard(record));
  } catch (error) {
    if (!isFinal(error)) throw error;
    log.warn({ record: record.id, code: error.code }, 'the progress card could not be edited');
    return;
  }
  const now = await records.get(record.id);
  // The result was put there while this edit was under way, and must not be covered by it.
  if (now && holdsResult(now)) await putIntoProgress(delivery, now);
}

/** Where a try finds that an earlier one had begun to post, it looks for the mark of that post first. */
export async function postResult<T extends Delivered>(delivery: Delivery<T>, record: T): Promise<void> {
  const { chat, log } = delivery;
  const card = await delivery.resultCard(record);
  const key = `result.${record.id}`;
  if (record.result.state === 'sending') {
    const found = await chat.find(record.thread, key);
    if (found === 'unknown') {
      if (await putIntoProgress(delivery, record)) {
        log.warn({ record: record.id }, 'whether the result was posted is unknown: it was put into the progress card');
        await markSent(delivery, record, record.progress.message);
        return;
      }
      log.warn({ record: record.id }, 'whether the result was posted is unknown: better twice than never');
    } else if (found !== 'none') {
      await markSent(delivery, record, found);
      return;
    }
  }
  await setResult(delivery, record, { state: 'sending' });
  try {
    await markSent(delivery, record, await post(delivery, record, card, key));
  } catch (error) {
    if (error instanceof ChatError && error.code === 'gone') {
      log.warn({ record: record.id }, 'the thread of a result is gone: it stays in the store');
      await markSent(delivery, record);
      return;
    }
    // A refusal is certain: nothing was posted, and the next try need not look.
    if (error instanceof ChatError && error.code === 'rate-limited')
      await setResult(delivery, record, { state: 'none' });
    throw error;
  }
}

export async function markSent<T extends Delivered>(
  delivery: Pick<Delivery<T>, 'records'>,
  record: T,
  message?: T['result']['message'],
): Promise<void> {
  await setResult(delivery, record, { state: 'sent', ...(message ? { message } : {}) });
}

async function setResult<T extends Delivered>(
  { records }: Pick<Delivery<T>, 'records'>,
  record: T,
  result: Delivered['result'],
): Promise<void> {
  await change(records, record.id, (current) => ({ ...current, result }));
}

/** The progress card became the result's card, because whether that was posted by itself could not be known. */
function holdsResult(record: Delivered): boolean {
  return record.result.message !== undefined && record.result.message.id === record.progress.message?.id;
}

/** Whether the platform took it. Announced in the store first, so that an edit of the progress at the same moment gives way. */
async function putIntoProgress<T extends Delivered>(delivery: Delivery<T>, record: T): Promise<boolean> {
  const { message } = record.progress;
  if (!message) return false;
  await change(delivery.records, record.id, (current) =>
    current.result.state === 'sent' ? null : { ...current, result: { state: 'sending' as const, message } },
  );
  try {
    await delivery.chat.update(message, await delivery.resultCard(record));
    return true;
  } catch (error) {
    if (!isFinal(error)) throw error;
    delivery.log.warn({ record: record.id, code: error.code }, 'the result could not be put into the progress card');
    return false;
  }
}

/** A card that the platform refuses is replaced by one line: a result is never lost to its looks. */
async function post<T extends Delivered>(delivery: Delivery<T>, record: T, card: Card, key: string) {
  const { chat, log } = delivery;
  try {
    return await chat.post(record.thread, card, key);
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'rejected') throw error;
    log.error({ record: record.id, error }, 'the platform refused a result card');
    const text = `${card.title}. Its card could not be shown here.`;
    return chat.post(record.thread, noticeCard(text, [delivery.view(record)], 'warning'), key);
  }
}

function isFinal(error: unknown): error is ChatError {
  return error instanceof ChatError && (error.code === 'gone' || error.code === 'rejected');
}
