import { threadUnder } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { replayJobId } from '../../domain/analytics-rule';
import { spanWord } from '../../domain/span-words';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { findRule } from '../../hunting/find-rule';
import { postProgress } from '../../hunting/post-progress';
import { noticeCard } from '../../views/notice-card';
import { replayCard } from '../../views/replay-card';
import { counted } from '../../views/wording';

const day = 86_400_000;
/** At twenty windows a second a replay ends within ten minutes. */
const mostWindows = 10_000;

export const replayRule = defineCommand({
  name: 'rule replay',
  summary:
    'Runs a rule over the last days as it would have run, window by window, and shows how often it would have rung',
  formTitle: 'Replay a rule',
  submit: 'Replay',
  permission: 'hunt',
  example: 'rule replay A-1 --since 30d',
  input: {
    rule: field.key('rule'),
    since: field.defaulting(field.span({ label: 'Over the last', summary: '30d when left out' }), '30d'),
  },
  positional: ['rule'],
  async run(ctx, input) {
    const rule = await findRule(ctx, input.rule);
    const windows = Math.floor(input.since / rule.frequencyMilliseconds);
    if (windows < 1)
      throw new UserError(
        'bad-input',
        `The rule runs every ${spanWord(rule.frequencyMilliseconds)}: that is no window at all.`,
        'Look back longer: --since 30d',
      );
    if (windows > mostWindows) {
      const longest = Math.floor((mostWindows * rule.frequencyMilliseconds) / day);
      throw new UserError(
        'too-large',
        `That would be ${windows.toLocaleString('en-US')} windows; ${mostWindows.toLocaleString('en-US')} at most are replayed.`,
        `Look back ${longest}d at most, or let the rule run less often.`,
      );
    }
    const number = await ctx.stores.next('replay');
    const replay = await ctx.stores.ruleReplays.insert({
      id: `${rule.id}.replay.${number}`,
      number,
      rule: rule.id,
      text: rule.text,
      frequencyMilliseconds: rule.frequencyMilliseconds,
      periodMilliseconds: rule.periodMilliseconds,
      days: Math.max(1, Math.round(input.since / day)),
      to: ctx.queryClock.now(),
      windows,
      done: 0,
      counts: [],
      noisiest: [],
      entities: 0,
      bookmarks: [],
      bookmarksLookedAt: 0,
      state: 'running',
      requestedBy: ctx.person,
      createdAt: ctx.clock.now(),
      thread: ctx.thread,
      progress: { state: 'none' },
      result: { state: 'none' },
    });
    const message = await postProgress(ctx, replay.id, replay.thread, replayCard(rule, replay, ctx.clock.now()));
    if (message)
      await change(ctx.stores.ruleReplays, replay.id, (current) => ({
        ...current,
        thread: current.thread.direct ? current.thread : threadUnder(message),
        progress: { state: 'sent' as const, message },
      }));
    await ctx.queue.add('replay-rule', { replay: replay.id }, { id: replayJobId(replay.id) });
    if (message) return { kind: 'nothing' };
    return {
      kind: 'card',
      card: noticeCard(
        `${rule.id} is replayed over ${counted(windows, 'window')}; the result comes as soon as it can.`,
        [],
        'warning',
      ),
      to: 'asker',
    };
  },
});
