import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Indicator, IndicatorKind } from '../../domain/indicator';
import { refang } from '../../domain/refang';
import { indicatorState } from '../../hunting/find-indicator';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { indicatorListCard } from '../../views/indicator-card';

const perPage = 15;

export const listIndicators = defineCommand({
  name: 'indicators',
  summary: 'Lists indicators, of a hunt or all',
  permission: 'read',
  example: 'indicators --kind domain-name --state active',
  input: {
    hunt: field.optional(field.key('hunt', { label: 'Hunt' })),
    search: field.optional(field.text({ label: 'Words', max: 300, rest: true, sample: 'WORDS' })),
    kind: field.optional(field.choice({ label: 'Type', options: IndicatorKind.options })),
    state: field.optional(field.choice({ label: 'State', options: ['active', 'expired', 'revoked'] })),
    tag: field.optional(field.text({ label: 'Tag', max: 60, sample: 'TAG' })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const now = ctx.clock.now();
    const hunt = input.hunt ? (await ctx.hunt(input.hunt)).id : undefined;
    const where: NonNullable<Find<Indicator>['where']> = {};
    if (hunt) where.hunts = { is: hunt };
    if (input.kind) where.kind = { is: input.kind };
    if (input.tag) where.tags = { is: input.tag };
    if (input.state === 'revoked') where.revokedAt = { least: new Date(0) };
    if (input.state === 'active' || input.state === 'expired') {
      where.revokedAt = { missing: true };
      where.validUntil = input.state === 'active' ? { least: now } : { below: now };
    }
    const search = input.search
      ? {
          fields: ['value', 'name', 'description', 'id'] as ('value' | 'name' | 'description' | 'id')[],
          words: refang(input.search),
        }
      : undefined;
    const { items, ...page } = await listPage(
      ctx.stores.indicators,
      { where, ...(search ? { search } : {}), sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    const args: Record<string, string> = {};
    if (hunt) args.hunt = hunt;
    if (input.search) args.search = input.search;
    if (input.kind) args.kind = input.kind;
    if (input.state) args.state = input.state;
    if (input.tag) args.tag = input.tag;
    const indicators = items.map((one) => ({ one, state: indicatorState(one, now) }));
    const card = indicatorListCard({ indicators, ...page, args, filtered: Object.keys(args).length > 0, now });
    return { kind: 'card', card, to: 'asker' };
  },
});
