import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentFields } from '../../commands/incident-fields';
import type { Bookmark } from '../../domain/bookmark';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { bookmarksOf, requireRoom, tellHunts, tieBookmarks } from '../../hunting/incidents';
import { confirmCard } from '../../views/notice-card';

export const createIncident = defineCommand({
  name: 'incident new',
  summary: 'Makes an incident of bookmarks; left out, of all of the hunt’s that are in none yet',
  formTitle: 'New incident',
  submit: 'Create',
  permission: 'hunt',
  prominent: true,
  formFirst: true,
  example: 'incident new H-1 B-1 B-2 --title "Spray against finance" --severity high',
  input: {
    hunt: field.optional(field.hunt()),
    bookmarks: field.optional(
      field.keys('bookmark', { summary: 'Left out: all of the hunt’s that are in no incident yet' }),
    ),
    ...incidentFields(),
    again: field.flag({ label: 'Although one like it is open', hidden: true }),
  },
  positional: ['hunt', 'bookmarks'],
  async fill(ctx, args) {
    const hunt = typeof args.hunt === 'string' ? await ctx.hunt(args.hunt) : await ctx.threadHunt();
    const given = [args.bookmarks ?? []]
      .flat()
      .flatMap((one) => one.split(/[\s,]+/))
      .filter(Boolean);
    const bookmarks = given.length > 0 ? await bookmarksOf(ctx, given) : hunt ? await freeBookmarks(ctx, hunt.id) : [];
    return {
      ...(given.length > 0 ? {} : { bookmarks: bookmarks.map((one) => one.id).join(' ') }),
      title: bookmarks.length === 1 ? (bookmarks[0]?.name ?? '') : (hunt?.name ?? ''),
      description: hunt?.description ?? '',
      severity: 'Medium',
      tactics: joined(bookmarks, 'tactics'),
      techniques: joined(bookmarks, 'techniques'),
    };
  },
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : await ctx.threadHunt();
    const bookmarks = input.bookmarks
      ? await bookmarksOf(ctx, input.bookmarks)
      : hunt
        ? await freeBookmarks(ctx, hunt.id)
        : [];
    requireRoom(0, bookmarks.length);
    const title = input.title ?? (bookmarks.length === 1 ? bookmarks[0]?.name : undefined) ?? hunt?.name;
    if (!title)
      throw new UserError(
        'bad-input',
        'An incident needs a title.',
        '“incident new --title …”, or name a hunt or bookmarks.',
        {
          title: 'Title is missing.',
        },
      );
    const alike = input.again ? null : await openLike(ctx, title);
    if (alike && ctx.kind !== 'form') {
      const args: Record<string, string | string[]> = { title, again: 'yes' };
      if (hunt) args.hunt = hunt.id;
      if (bookmarks.length > 0) args.bookmarks = bookmarks.map((one) => one.id);
      if (input.severity) args.severity = input.severity;
      const card = confirmCard(
        `${alike.id} “${alike.title}” is open already`,
        'The bookmarks could be added to it instead.',
        { label: 'A new one all the same', command: 'incident new', args, opens: 'nothing' },
      );
      card.blocks.push({
        type: 'actions',
        buttons: [
          ...(bookmarks.length > 0
            ? [
                {
                  label: `Add to ${alike.id}`,
                  command: 'incident add',
                  args: { incident: alike.id, bookmarks: bookmarks.map((one) => one.id) },
                  opens: 'nothing' as const,
                },
              ]
            : []),
          { label: `Show ${alike.id}`, command: 'incident show', args: { incident: alike.id }, opens: 'nothing' },
        ],
      });
      return { kind: 'card', card, to: 'asker' };
    }
    const number = await ctx.stores.next('incident');
    const now = ctx.clock.now();
    const owner = input.owner ? ctx.resolvePerson(input.owner) : undefined;
    const hunts = [...new Set([...(hunt ? [hunt.id] : []), ...bookmarks.map((one) => one.hunt)])];
    const incident = await ctx.stores.incidents.insert({
      id: `I-${number}`,
      number,
      title,
      description: input.description ?? (hunt?.description ?? '').slice(0, 5000),
      severity: input.severity ?? 'Medium',
      status: 'New',
      ...(owner ? { owner, ownerId: owner.id } : {}),
      labels: input.labels ?? [],
      tactics: input.tactics ?? [...new Set(bookmarks.flatMap((one) => one.tactics))],
      techniques: input.techniques ?? [...new Set(bookmarks.flatMap((one) => one.techniques))],
      tasks: [],
      comments: [],
      hunts,
      bookmarks: bookmarks.map((one) => one.id),
      alerts: [],
      threads: [],
      threadKeys: [],
      cards: [],
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    });
    await tieBookmarks(ctx, incident.id, incident.bookmarks, true);
    await tellHunts(ctx, incident, {
      what: 'made an incident',
      after: `${title}${incident.bookmarks.length > 0 ? ` of ${incident.bookmarks.join(', ')}` : ''}`,
    });
    const note = alike ? `${alike.id} “${alike.title}” is open as well.` : undefined;
    return incidentReply(ctx, incident, { verb: 'Opened', ...(note ? { note } : {}) });
  },
});

async function freeBookmarks(ctx: Context, hunt: string): Promise<Bookmark[]> {
  const all = await ctx.stores.bookmarks.find({
    where: { hunt: { is: hunt }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 1000,
  });
  return all.filter((one) => (one.incidents ?? []).length === 0);
}

async function openLike(ctx: Context, title: string) {
  const open = await ctx.stores.incidents.find({
    where: { status: { oneOf: ['New', 'Active'] }, deletedAt: { missing: true } },
    search: { fields: ['title'], words: title },
    limit: 5,
  });
  return open.find((one) => one.title.trim().toLowerCase() === title.trim().toLowerCase()) ?? null;
}

function joined(bookmarks: Bookmark[], name: 'tactics' | 'techniques'): string {
  return [...new Set(bookmarks.flatMap((one) => one[name]))].join(', ');
}
