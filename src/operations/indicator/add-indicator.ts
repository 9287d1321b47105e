import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { indicatorFields } from '../../commands/indicator-fields';
import type { Entity } from '../../domain/entity';
import { type Recognised, recogniseIndicator } from '../../domain/recognise-indicator';
import { UserError } from '../../errors';
import { indicatorState } from '../../hunting/find-indicator';
import { type IndicatorWords, keepIndicator } from '../../hunting/keep-indicator';
import { type AddedLine, addedIndicatorsCard, indicatorCard } from '../../views/indicator-card';
import { confirmCard } from '../../views/notice-card';

const mostAtOnce = 1000;

export const addIndicator = defineCommand({
  name: 'indicator add',
  summary: 'Keeps addresses, domains, URLs, e-mail addresses or hashes as indicators',
  formTitle: 'Add indicators',
  submit: 'Add',
  permission: 'hunt',
  prominent: true,
  example: 'indicator add evil[.]example --tlp amber --tags "night owl"',
  input: {
    hunt: field.optional(field.hunt()),
    values: field.text({
      label: 'Values',
      summary: 'One a line or separated by spaces; evil[.]example is fine. Or an entity’s key: E-1',
      max: 60_000,
      lines: true,
      rest: true,
      sample: 'VALUE',
    }),
    ...indicatorFields(),
    confirmed: field.flag({ label: 'Confirmed', hidden: true }),
  },
  positional: ['hunt', 'values'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : await ctx.threadHunt();
    const words: IndicatorWords = {
      hunt: hunt?.id,
      confidence: input.confidence,
      validMilliseconds: input.valid,
      tlp: input.tlp,
      tags: input.tags,
      description: input.description,
    };
    const pieces = [...new Set(input.values.split(/[\s,;|]+/).filter((piece) => piece !== ''))];
    if (pieces.length > mostAtOnce)
      throw new UserError(
        'too-large',
        `${pieces.length} values at once; ${mostAtOnce} at most.`,
        'Attach them as a file to “indicator import”.',
      );
    const values = (await Promise.all(pieces.map((piece) => readPiece(ctx, piece)))).flat();
    const [only] = values;
    if (values.length === 1 && only) return addOne(ctx, only, words, input.confirmed);
    const lines: AddedLine[] = [];
    for (const one of values) {
      if ('fault' in one) lines.push({ text: one.text, outcome: 'left', key: '', why: one.fault });
      else if (one.caution && !input.confirmed)
        lines.push({
          text: one.text,
          outcome: 'left',
          key: '',
          why: `${one.caution} Add it by itself if it is meant.`,
        });
      else {
        const { indicator, outcome } = await keepIndicator(ctx, one, { ...words, entity: one.entity });
        lines.push({ text: one.text, outcome, key: indicator.id, why: '' });
      }
    }
    return { kind: 'card', card: addedIndicatorsCard(lines, ctx.person.name), to: 'everyone' };
  },
});

type Piece = { text: string } & ((Recognised & { entity?: string }) | { fault: string });

async function readPiece(ctx: Context, text: string): Promise<Piece[]> {
  if (!/^e-?\d+$/i.test(text)) return [{ text, ...recogniseIndicator(text) }];
  const entity = await ctx.stores.entities.get(text.toUpperCase().replace(/^E-?/, 'E-'));
  if (!entity) return [{ text, fault: `There is no entity ${text.toUpperCase()}.` }];
  return fromEntity(entity);
}

/** What of an entity can be looked for elsewhere: an address, a URL, a hash … A name alone cannot. */
function fromEntity(entity: Entity): Piece[] {
  const texts = [entity.name, ...entity.identifiers.map((one) => one.value)];
  const found = new Map<string, Piece>();
  for (const text of texts) {
    const read = recogniseIndicator(text);
    if (!('fault' in read)) found.set(`${read.kind}|${read.value}`, { text, ...read, entity: entity.id });
  }
  if (found.size > 0) return [...found.values()];
  return [
    {
      text: entity.id,
      fault: `${entity.type} ${entity.name.slice(0, 60)} is nothing that can be looked for elsewhere.`,
    },
  ];
}

async function addOne(ctx: Context, one: Piece, words: IndicatorWords, confirmed: boolean) {
  if ('fault' in one) throw new UserError('bad-input', one.fault, undefined, { values: one.fault });
  if (one.caution && !confirmed) {
    const args: Record<string, string | string[]> = { values: one.entity ?? one.value, confirmed: 'yes' };
    if (words.hunt) args.hunt = words.hunt;
    if (words.tlp) args.tlp = words.tlp;
    if (words.tags) args.tags = words.tags;
    if (words.confidence !== undefined) args.confidence = String(words.confidence);
    if (words.validMilliseconds !== undefined) args.valid = `${Math.round(words.validMilliseconds / 60_000)}m`;
    if (words.description && words.description.length < 500) args.description = words.description;
    const yes = { label: 'Add it all the same', command: 'indicator add', args, opens: 'nothing' as const };
    return {
      kind: 'card' as const,
      card: confirmCard(`Is ${one.value} meant as an indicator?`, one.caution, yes),
      to: 'asker' as const,
    };
  }
  const { indicator, outcome } = await keepIndicator(ctx, one, { ...words, entity: one.entity });
  const verb = outcome === 'added' ? 'Added' : 'Known already:';
  return {
    kind: 'card' as const,
    card: indicatorCard(indicator, indicatorState(indicator, ctx.clock.now()), { verb }),
    to: 'everyone' as const,
  };
}
