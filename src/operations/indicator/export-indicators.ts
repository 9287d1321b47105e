import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Indicator, IndicatorKind } from '../../domain/indicator';
import { stixBundle } from '../../domain/stix-bundle';
import { UserError } from '../../errors';
import { indicatorState } from '../../hunting/find-indicator';
import { keepFile } from '../../hunting/keep-file';
import type { Find } from '../../ports/stores';
import { csvLine } from '../../views/csv-line';
import { confirmCard } from '../../views/notice-card';
import { counted } from '../../views/wording';

const mostExported = 100_000;
const pageSize = 2000;

export const exportIndicators = defineCommand({
  name: 'export indicators',
  summary: 'Gives indicators as a STIX 2.1 bundle or as CSV',
  formTitle: 'Export indicators',
  submit: 'Export',
  permission: 'read',
  example: 'export indicators H-1 --format stix',
  input: {
    hunt: field.optional(field.key('hunt', { label: 'Hunt' })),
    format: field.defaulting(field.choice({ label: 'Format', options: ['stix', 'csv'] }), 'stix'),
    kind: field.optional(field.choice({ label: 'Type', options: IndicatorKind.options })),
    red: field.flag({ label: 'With TLP:RED', summary: 'Those marked red stay out unless they are asked for' }),
    confirmed: field.flag({ label: 'Confirmed', hidden: true }),
  },
  positional: ['hunt'],
  async run(ctx, input) {
    const now = ctx.clock.now();
    const hunt = input.hunt ? (await ctx.hunt(input.hunt)).id : undefined;
    if (input.red && !input.confirmed) {
      const args: Record<string, string> = { format: input.format, red: 'yes', confirmed: 'yes' };
      if (hunt) args.hunt = hunt;
      if (input.kind) args.kind = input.kind;
      const yes = { label: 'Export with RED', command: 'export indicators', args, opens: 'nothing' as const };
      return {
        kind: 'card',
        card: confirmCard(
          'Export indicators marked TLP:RED too?',
          'RED is for the ears of those present only; the file can be read by everybody here.',
          yes,
        ),
        to: 'asker',
      };
    }
    const where: NonNullable<Find<Indicator>['where']> = {};
    if (hunt) where.hunts = { is: hunt };
    if (input.kind) where.kind = { is: input.kind };
    const total = await ctx.stores.indicators.count({ where });
    if (total > mostExported)
      throw new UserError(
        'too-large',
        `${counted(total, 'indicator')} are too many for one file (${mostExported} at most).`,
        'Narrow it by hunt or type.',
      );
    const all: Indicator[] = [];
    for (let skip = 0; skip < total; skip += pageSize)
      all.push(
        ...(await ctx.stores.indicators.find({
          where,
          sort: [{ field: 'number', direction: 'up' }],
          skip,
          limit: pageSize,
        })),
      );
    const chosen = input.red ? all : all.filter((one) => one.tlp !== 'red');
    const kept = all.length - chosen.length;
    if (chosen.length === 0)
      throw new UserError(
        'not-found',
        kept > 0 ? 'All of them are marked TLP:RED.' : 'There are no indicators to export.',
        kept > 0 ? '“--red” takes those as well, after asking.' : '“indicator add VALUE” keeps one.',
      );
    const name = `indicators${hunt ? `-${hunt}` : ''}.${input.format === 'stix' ? 'json' : 'csv'}`;
    const text = input.format === 'stix' ? `${JSON.stringify(stixBundle(chosen, now), null, 1)}\n` : csvOf(chosen, now);
    const mime = input.format === 'stix' ? 'application/stix+json; version=2.1' : 'text/csv; charset=utf-8';
    const { file } = await keepFile(ctx, { name, mime, bytes: Buffer.from(text) }, ctx.person);
    const note = kept > 0 ? `; ${counted(kept, 'more')} marked TLP:RED stayed out`.replace('mores', 'more') : '';
    const title = `${counted(chosen.length, 'indicator')} as ${input.format === 'stix' ? 'STIX 2.1' : 'CSV'}, asked for by ${ctx.person.name}${note}`;
    return { kind: 'file', file, card: { title, blocks: [{ type: 'text', text: title }] } };
  },
});

function csvOf(indicators: Indicator[], now: Date): string {
  const head = [
    'key',
    'type',
    'value',
    'state',
    'confidence',
    'tlp',
    'tags',
    'valid_from',
    'valid_until',
    'hunts',
    'description',
  ];
  const lines = indicators.map((one) =>
    csvLine([
      one.id,
      one.kind,
      one.value,
      indicatorState(one, now),
      one.confidence,
      one.tlp,
      one.tags.join(' '),
      one.validFrom.toISOString(),
      one.validUntil?.toISOString() ?? '',
      one.hunts.join(' '),
      one.description,
    ]),
  );
  return csvLine(head) + lines.join('');
}
