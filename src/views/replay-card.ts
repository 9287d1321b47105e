import { columnChart } from '../charts/svg/column-chart';
import { svgDocument, svgGroup, svgText } from '../charts/svg/document';
import { pictureWidth } from '../charts/svg/picture-width';
import type { Block, Button, Card } from '../chat/card';
import type { AnalyticsRule, RuleReplay } from '../domain/analytics-rule';
import { defang } from './defang';
import { alertText, scheduleText } from './rule-card';
import { counted, durationText, instantText, shortened } from './wording';

const day = 86_400_000;

export interface ReplayFacts {
  /** Ends of the windows that rang, at the rule's own threshold. */
  alerts: number[];
  /** What other thresholds would have given. */
  thresholds: { threshold: number; alerts: number }[];
}

/** A replay while it runs, and where it was stopped or failed. */
export function replayCard(rule: AnalyticsRule, replay: RuleReplay, now: Date): Card {
  const share = replay.windows === 0 ? 0 : Math.floor((replay.done / replay.windows) * 100);
  const state = {
    running: 'running',
    cancelling: 'running',
    cancelled: 'cancelled',
    done: 'done',
    failed: 'failed',
  } as const;
  const stop: Button = { label: 'Stop', command: 'rule stop', args: { rule: rule.id }, opens: 'nothing' };
  const words = {
    running: `${share} %, ${durationText(now.getTime() - replay.createdAt.getTime())}`,
    cancelling: 'is being stopped',
    cancelled: `stopped after ${counted(replay.done, 'window')}`,
    done: 'done',
    failed: replay.failure ?? 'failed',
  }[replay.state];
  return {
    title: `Replay of ${rule.id} ${shortened(rule.name, 100)} over ${counted(replay.days, 'day')}`,
    tone: 'progress',
    blocks: [
      {
        type: 'progress',
        items: [
          {
            label: `${replay.done.toLocaleString('en-US')} of ${counted(replay.windows, 'window')}`,
            state: state[replay.state],
            detail: words,
          },
        ],
      },
      ...(replay.state === 'running' ? [{ type: 'actions' as const, buttons: [stop] }] : []),
    ],
  };
}

/** What a rule would have raised: how often, of what, and whether it finds what the hunt found. */
export function replayResultCard(rule: AnalyticsRule, replay: RuleReplay, facts: ReplayFacts, picture: Block[]): Card {
  const perDay = facts.alerts.length / replay.days;
  const args = { rule: rule.id };
  const title = `${rule.id} would have rung ${facts.alerts.length === 1 ? 'once' : `${facts.alerts.length.toLocaleString('en-US')} times`} in ${counted(replay.days, 'day')}`;
  const edit: Button = { label: 'Set another threshold', command: 'rule edit', args, opens: 'form' };
  const enable: Button = { label: 'Enable', command: 'rule enable', args, opens: 'form', style: 'primary' };
  return {
    title,
    tone: perDay > 10 ? 'warning' : 'neutral',
    blocks: [
      { type: 'text', text: verdictText(facts.alerts.length, perDay) },
      ...picture,
      {
        type: 'facts',
        facts: [
          { label: 'Rule', value: `${rule.name}, ${scheduleText(rule)}; ${alertText(rule)}` },
          { label: 'Until', value: instantText(replay.to) },
          {
            label: 'Windows',
            value: `${counted(replay.windows, 'window')}, ${replay.counts.length.toLocaleString('en-US')} with rows`,
          },
          { label: 'Entities', value: `${replay.entities.toLocaleString('en-US')} distinct` },
          ...(replay.bookmarksLookedAt > 0
            ? [
                {
                  label: 'Of the hunt',
                  value: `${replay.bookmarks.length} of ${counted(replay.bookmarksLookedAt, 'bookmark')} name something it would have raised${replay.bookmarks.length > 0 ? `: ${replay.bookmarks.slice(0, 10).join(', ')}` : ''}`,
                },
              ]
            : []),
        ],
      },
      ...(replay.noisiest.length > 0
        ? [
            { type: 'heading' as const, text: 'Named most often' },
            {
              type: 'table' as const,
              columns: [{ title: 'Type' }, { title: 'Value' }, { title: 'Windows', align: 'right' as const }],
              rows: replay.noisiest
                .slice(0, 6)
                .map((one) => [
                  one.type,
                  shortened(defang(one.value), 90),
                  `${one.windows} of ${replay.counts.length}`,
                ]),
            },
          ]
        : []),
      ...(facts.thresholds.length > 1
        ? [
            { type: 'heading' as const, text: 'With another threshold' },
            {
              type: 'table' as const,
              columns: [
                { title: 'Threshold', align: 'right' as const },
                { title: 'Alerts', align: 'right' as const },
                { title: 'A day', align: 'right' as const },
              ],
              rows: facts.thresholds.map((one) => [
                `${one.threshold}${one.threshold === rule.triggerThreshold ? ' (now)' : ''}`,
                one.alerts.toLocaleString('en-US'),
                (one.alerts / replay.days).toFixed(1),
              ]),
            },
          ]
        : []),
      {
        type: 'actions',
        buttons: [
          ...(rule.state === 'enabled' ? [] : [enable]),
          edit,
          { label: 'The rule', command: 'rule show', args, opens: 'nothing' },
        ],
      },
    ],
  };
}

function verdictText(alerts: number, perDay: number): string {
  if (alerts === 0)
    return 'Silence. Either nothing of the kind happened, or the rule does not see it: look at the query with “run” over a time when it did happen.';
  if (perDay > 10)
    return `${perDay.toFixed(1)} alerts a day: nobody reads that for long. A higher threshold or an exception in the query would help; the table below says what gives how much.`;
  if (perDay > 1) return `${perDay.toFixed(1)} alerts a day.`;
  return `About one alert in ${Math.round(1 / perDay)} days.`;
}

/** Alerts per day as columns, a whole document. */
export function alertsPerDaySvg(replay: RuleReplay, alerts: readonly number[]): { svg: string; alt: string } {
  const last = Math.floor(replay.to.getTime() / day);
  const first = last - replay.days;
  const perDay = Array.from({ length: last - first + 1 }, () => 0);
  for (const end of alerts) {
    const at = Math.floor(end / day) - first;
    if (at >= 0 && at < perDay.length) perDay[at] = (perDay[at] ?? 0) + 1;
  }
  const labels = perDay.map((_, index) => new Date((first + index) * day).toISOString().slice(5, 10));
  const busiest = Math.max(...perDay);
  const chart = columnChart({
    labels,
    series: [{ name: 'Alerts', values: perDay }],
    width: pictureWidth - 28,
    height: 190,
  });
  const svg = svgDocument(pictureWidth, 250, [
    svgText(14, 28, 'Alerts a day', { size: 17, weight: 'bold', width: pictureWidth - 28 }),
    svgGroup(14, 44, [chart]),
  ]);
  const when = labels[perDay.indexOf(busiest)] ?? '';
  return { svg, alt: `Alerts a day over ${replay.days} days; the busiest is ${when} with ${busiest}.` };
}
