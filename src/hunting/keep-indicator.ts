import { randomUUID } from 'node:crypto';
import type { Context } from '../commands/context';
import type { Indicator, Tlp } from '../domain/indicator';
import type { Recognised } from '../domain/recognise-indicator';
import { stixPattern } from '../domain/stix-bundle';
import { ConflictError } from '../errors';
import { change } from './change';
import { recordChange } from './record-change';

const day = 86_400_000;

export interface IndicatorWords {
  hunt?: string | undefined;
  entity?: string | undefined;
  name?: string | undefined;
  confidence?: number | undefined;
  validMilliseconds?: number | undefined;
  tlp?: Tlp | undefined;
  tags?: string[] | undefined;
  description?: string | undefined;
  stixId?: string | undefined;
  validFrom?: Date | undefined;
  validUntil?: Date | undefined;
}

export interface KeptIndicator {
  indicator: Indicator;
  /** `known`: it was there already, and now belongs to this hunt as well. */
  outcome: 'added' | 'known';
}

/** Keeps an indicator, once: of two people who add the same value at the same moment, the second one's words join the first one's. */
export async function keepIndicator(
  ctx: Pick<Context, 'stores' | 'clock' | 'log' | 'person'>,
  { kind, value }: Recognised,
  words: IndicatorWords,
): Promise<KeptIndicator> {
  const key = `${kind}|${value}`;
  const now = ctx.clock.now();
  const [known] = await ctx.stores.indicators.find({ where: { key: { is: key } }, limit: 1 });
  if (known) return join(ctx, known.id, words);
  const number = await ctx.stores.next('indicator');
  const validFrom = words.validFrom ?? now;
  try {
    const indicator = await ctx.stores.indicators.insert({
      id: `T-${number}`,
      number,
      kind,
      value,
      key,
      stixId: words.stixId ?? `indicator--${randomUUID()}`,
      pattern: stixPattern(kind, value),
      name: words.name ?? value,
      description: words.description ?? '',
      confidence: words.confidence ?? 75,
      tlp: words.tlp ?? 'amber',
      tags: words.tags ?? [],
      hunts: words.hunt ? [words.hunt] : [],
      ...(words.entity ? { entity: words.entity } : {}),
      validFrom,
      validUntil: words.validUntil ?? new Date(now.getTime() + (words.validMilliseconds ?? 90 * day)),
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    });
    if (words.hunt)
      await recordChange(ctx, { hunt: words.hunt, subject: indicator.id, what: 'added an indicator', after: value });
    return { indicator, outcome: 'added' };
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const [other] = await ctx.stores.indicators.find({ where: { key: { is: key } }, limit: 1 });
    if (!other) throw error;
    return join(ctx, other.id, words);
  }
}

async function join(
  ctx: Pick<Context, 'stores' | 'clock' | 'log' | 'person'>,
  id: string,
  words: IndicatorWords,
): Promise<KeptIndicator> {
  const { hunt } = words;
  const before = await ctx.stores.indicators.get(id);
  const indicator = await change(ctx.stores.indicators, id, (current) => {
    const news =
      (hunt !== undefined && !current.hunts.includes(hunt)) ||
      (words.tags ?? []).some((tag) => !current.tags.includes(tag));
    if (!news && !(words.entity && !current.entity)) return null;
    return {
      ...current,
      hunts: [...new Set([...current.hunts, ...(hunt ? [hunt] : [])])],
      tags: [...new Set([...current.tags, ...(words.tags ?? [])])],
      ...(words.entity && !current.entity ? { entity: words.entity } : {}),
      updatedAt: ctx.clock.now(),
    };
  });
  if (!indicator) throw new ConflictError(`indicator ${id}`);
  if (hunt && before && !before.hunts.includes(hunt))
    await recordChange(ctx, { hunt, subject: id, what: 'tied a known indicator to the hunt', after: indicator.value });
  return { indicator, outcome: 'known' };
}
