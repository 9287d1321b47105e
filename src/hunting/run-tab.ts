import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import type { Hunt } from '../domain/hunt';
import type { Tab } from '../domain/tab';
import { change } from './change';
import type { TabRange } from './keep-tab';
import { runQueryOf, type StartInput, startQueries } from './start-queries';

const usualSince = 7 * 86_400_000;

/** Runs a tab's query in its hunt. A range that is given becomes the tab's; else it looks where it looked before. */
export async function runTab(
  ctx: Context,
  hunt: Hunt,
  tab: Tab,
  /** `text`: the tab's own in other white space. */
  given: { range?: TabRange; text?: string } = {},
): Promise<Reply> {
  const range = given.range ?? tab;
  const text = given.text ?? tab.text;
  const reply = await startQueries(ctx, {
    hunt,
    queries: [runQueryOf({ id: 'kql', name: tab.name, text, tactics: [], techniques: [], entityMappings: [] })],
    ...startRange(range),
    tab: tab.id,
  });
  if (rangeWords(range) !== rangeWords(tab))
    await change(ctx.stores.tabs, tab.id, (current) =>
      rangeWords(current) === rangeWords(range) ? null : { ...withoutRange(current), ...range },
    );
  return reply;
}

export function startRange(range: TabRange): Pick<StartInput, 'since' | 'from' | 'to' | 'asOf' | 'engine'> {
  const { from, to, asOf, engine } = range;
  return { since: range.sinceMilliseconds ?? usualSince, from, to, asOf, engine };
}

/** Where a typed query looks, as its tab keeps it. */
export function rangeOf(input: {
  since?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  'as-of'?: Date | undefined;
  engine?: string | undefined;
}): TabRange {
  return {
    ...(input.since !== undefined ? { sinceMilliseconds: input.since } : {}),
    ...(input.from ? { from: input.from } : {}),
    ...(input.to ? { to: input.to } : {}),
    ...(input['as-of'] ? { asOf: input['as-of'] } : {}),
    ...(input.engine ? { engine: input.engine } : {}),
  };
}

export function withoutRange(tab: Tab): Tab {
  const { sinceMilliseconds: _since, from: _from, to: _to, asOf: _asOf, engine: _engine, ...rest } = tab;
  return rest;
}

function rangeWords(range: TabRange): string {
  const { sinceMilliseconds, from, to, asOf, engine } = range;
  return JSON.stringify([sinceMilliseconds, from, to, asOf, engine]);
}
