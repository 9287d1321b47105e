import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { HuntChange } from '../../domain/hunt-change';
import { keyLetters, parseKey, personKey } from '../../domain/ids';
import { UserError } from '../../errors';
import { listPage } from '../../hunting/list-page';
import type { Condition } from '../../ports/stores';
import { changeCard, timelineCard } from '../../views/timeline-card';
import { readerZone } from '../../views/zoned-time';

const perPage = 15;
/** Words for all parts of a kind. Every part's key but a query's is the letter and a number; a query's is the hunt's with `/Q-` in it. */
const kinds = ['query', 'run', 'bookmark', 'entity', 'comment', 'tab', 'incident', 'indicator', 'rule'] as const;

export const showTimeline = defineCommand({
  name: 'timeline',
  summary: 'Shows who changed what of a hunt, when, and what was there before',
  formTitle: 'History of a hunt',
  submit: 'Show',
  permission: 'read',
  example: 'timeline H-1 --of bookmarks',
  input: {
    hunt: field.hunt(),
    of: field.optional(
      field.text({ label: 'Of', summary: 'A key such as B-1, or hunt, queries, bookmarks …', max: 40, sample: 'B-1' }),
    ),
    by: field.optional(field.person({ label: 'By', summary: 'Whose changes' })),
    person: field.optional(field.text({ label: 'Person', max: 500, hidden: true })),
    entry: field.optional(field.text({ label: 'Entry', max: 60, hidden: true })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'of'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const zone = readerZone(ctx.actor.timeZone);
    if (input.entry) {
      const entry = await ctx.stores.changes.get(input.entry);
      if (!entry || entry.hunt !== hunt.id)
        throw new UserError('not-found', `There is no such change of ${hunt.id}.`, `Type “timeline ${hunt.id}”.`);
      return { kind: 'card', card: changeCard(entry, zone), to: 'asker' };
    }
    const subject = input.of ? subjectOf(hunt.id, input.of) : undefined;
    const person = input.person ?? (input.by ? personKey(ctx.resolvePerson(input.by)) : undefined);
    const { items, ...page } = await pageOf(ctx, hunt.id, { subject, person, page: input.page });
    const args = {
      hunt: hunt.id,
      ...(input.of ? { of: input.of } : {}),
      ...(person ? { person } : {}),
    };
    return { kind: 'card', card: timelineCard({ hunt: hunt.id, changes: items, ...page, zone, args }), to: 'asker' };
  },
});

function pageOf(
  ctx: Context,
  hunt: string,
  wanted: { subject: Condition | undefined; person: string | undefined; page: number },
) {
  return listPage<HuntChange>(
    ctx.stores.changes,
    {
      where: {
        hunt: { is: hunt },
        ...(wanted.subject ? { subject: wanted.subject } : {}),
        ...(wanted.person ? { byKey: { is: wanted.person } } : {}),
      },
      // Several lines of one moment need a second order, or pages would overlap.
      sort: [
        { field: 'at', direction: 'down' },
        { field: 'id', direction: 'up' },
      ],
    },
    { page: wanted.page, perPage },
  );
}

function subjectOf(hunt: string, of: string): Condition {
  const word = of.trim().toLowerCase();
  if (word === 'hunt') return { is: hunt };
  const kind = kinds.find((one) => word === one || word === `${one}s` || word === `${one.slice(0, -1)}ies`);
  if (kind) return { contains: `${keyLetters[kind]}-` };
  const query = parseKey('query', word);
  if (query && /^(h-?\d+\/)?q/i.test(word)) return { is: query.includes('/') ? query : `${hunt}/${query}` };
  const letter = word.charAt(0).toUpperCase();
  const known = (Object.keys(keyLetters) as (keyof typeof keyLetters)[]).find((one) => keyLetters[one] === letter);
  const key = known ? parseKey(known, word) : null;
  if (key) return { is: key };
  const fault = `“${of}” is neither a key such as B-1 nor one of hunt, ${kinds.join(', ')}.`;
  throw new UserError('bad-input', fault, undefined, { of: fault });
}
