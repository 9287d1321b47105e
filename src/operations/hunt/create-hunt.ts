import { threadKey, threadUnder } from '../../chat/thread-ref';
import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import { type Hunt, HuntStatus, HypothesisStatus } from '../../domain/hunt';
import { templateNames, wordHunt } from '../../domain/hunt-template';
import { parseKey } from '../../domain/ids';
import type { HuntQuery } from '../../domain/query';
import { UserError } from '../../errors';
import { cloneInto, libraryQueries } from '../../hunting/clone-queries';
import { earlierHunts } from '../../hunting/earlier-hunts';
import { recordChange } from '../../hunting/record-change';
import { ChatError } from '../../ports/chat-platform';
import { beforeItBeginsCard, earlierHuntsCard } from '../../views/earlier-hunts-card';
import { huntCard } from '../../views/hunt-card';

export const createHunt = defineCommand({
  name: 'new',
  summary: 'Starts a hunt and its thread',
  formTitle: 'New hunt',
  formFirst: true,
  submit: 'Start',
  permission: 'hunt',
  prominent: true,
  example: 'new Password spray from hosting providers --techniques T1110',
  input: {
    name: field.text({ label: 'Name', max: 200, rest: true, sample: 'NAME' }),
    description: field.optional(
      field.text({
        label: 'Hypothesis in words',
        summary: 'Who does what, where, and what would show it',
        max: 5000,
        lines: true,
        sample: 'TEXT',
      }),
    ),
    status: field.defaulting(field.choice({ label: 'Status', options: HuntStatus.options }), 'New'),
    hypothesis: field.defaulting(field.choice({ label: 'Hypothesis', options: HypothesisStatus.options }), 'Unknown'),
    owner: field.optional(field.person({ label: 'Owner', summary: 'Left out: you' })),
    tactics: field.optional(huntFields.tactics()),
    techniques: field.optional(huntFields.techniques()),
    labels: field.optional(huntFields.labels()),
    queries: field.optional(field.keys('query', { label: 'Queries', summary: 'Library queries to start with' })),
    template: field.optional(field.choice({ label: 'Template', options: templateNames, typedOnly: true })),
    actor: field.optional(field.text({ label: 'Actor', max: 300, typedOnly: true })),
    behaviour: field.optional(field.text({ label: 'Behaviour', max: 300, typedOnly: true })),
    location: field.optional(field.text({ label: 'Location', max: 300, typedOnly: true })),
    evidence: field.optional(field.text({ label: 'Evidence', max: 300, typedOnly: true })),
    like: field.optional(field.key('hunt', { label: 'Like hunt', typedOnly: true })),
    anyway: field.flag({ label: 'Although earlier hunts look like it', hidden: true }),
  },
  positional: ['name'],
  async fill(ctx, args) {
    const said = (name: string) => (typeof args[name] === 'string' ? args[name] : undefined);
    const key = parseKey('hunt', said('like') ?? '');
    if (key !== null) {
      const like = await ctx.hunt(key);
      return {
        name: like.name,
        description: like.description,
        tactics: like.tactics.join(', '),
        techniques: like.techniques.join(', '),
        labels: like.labels.join(', '),
      };
    }
    const template = templateNames.find(
      (one) => said('template') && one.startsWith(said('template')?.toLowerCase() ?? ''),
    );
    if (!template) return {};
    return wordHunt(template, {
      actor: said('actor'),
      behaviour: said('behaviour'),
      location: said('location'),
      evidence: said('evidence'),
    });
  },
  async run(ctx, input) {
    const chat = ctx.chats.get(ctx.thread.platform);
    if (!chat) throw new UserError('unavailable', `Talbot cannot post on ${ctx.thread.platform} right now.`);
    const owner = input.owner ? ctx.resolvePerson(input.owner) : ctx.person;
    const like = input.like ? await ctx.hunt(input.like) : undefined;
    const queries = [
      ...(await libraryQueries(ctx, input.queries ?? [])),
      ...(like ? await queriesOf(ctx, like.id) : []),
    ];
    const worded = input.template ? wordHunt(input.template, input).description : undefined;
    if (!input.anyway && !input.like && !input.owner) {
      const description = input.description ?? worded ?? '';
      const card = await askFirst(ctx, { ...input, description });
      if (card) return { kind: 'card', card, to: 'asker' };
    }
    const number = await ctx.stores.next('hunt');
    const now = ctx.clock.now();
    const hunt = await ctx.stores.hunts.insert({
      id: `H-${number}`,
      number,
      name: input.name,
      description: input.description ?? worded ?? like?.description ?? '',
      status: input.status,
      hypothesis: input.hypothesis,
      tactics: input.tactics ?? like?.tactics ?? [],
      techniques: input.techniques ?? like?.techniques ?? [],
      labels: input.labels ?? like?.labels ?? [],
      owner,
      ownerId: owner.id,
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
      threads: [],
      threadKeys: [],
      cards: [],
    });
    await recordChange(ctx, { hunt: hunt.id, what: 'created the hunt', after: createdText(hunt) });
    const cloned = await cloneInto(ctx, hunt.id, queries);
    const numbers = { queries: cloned.added.length, runs: 0, bookmarks: 0, entities: 0, comments: 0 };
    const { root: _root, ...channel } = ctx.thread;
    try {
      const message = await chat.post(channel, huntCard(hunt, numbers), `hunt.${hunt.id}`);
      const thread = threadUnder(message);
      await ctx.stores.hunts.update({ ...hunt, threads: [thread], threadKeys: [threadKey(thread)], cards: [message] });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      ctx.log.warn({ hunt: hunt.id, code: error.code }, 'the card of a new hunt could not be posted');
      throw new UserError(
        'unavailable',
        `${hunt.id} was created, but its card could not be posted here.`,
        `Invite Talbot to the channel, then type “link ${hunt.id}” there.`,
      );
    }
    const earlier = input.anyway ? [] : await earlierHunts(ctx, hunt);
    if (earlier.length === 0) return { kind: 'nothing' };
    return { kind: 'card', card: earlierHuntsCard(hunt.id, earlier, ctx.may('lead')), to: 'asker' };
  },
});

/** Characters of a button's words that every chat carries back. */
const mostArgs = 1400;

/** What came of earlier hunts that are much like it, before it begins; null where there are none, or a button cannot carry what was written. */
async function askFirst(
  ctx: Context,
  wanted: {
    name: string;
    description: string;
    status: string;
    tactics?: string[] | undefined;
    techniques?: string[] | undefined;
    labels?: string[] | undefined;
    queries?: string[] | undefined;
  },
) {
  const found = await earlierHunts(ctx, { ...wanted, techniques: wanted.techniques ?? [] });
  const much = found.filter((one) => one.indicators.length > 0 || one.techniques.length > 0 || one.words.length > 2);
  if (much.length === 0) return null;
  const args: Record<string, string | string[]> = { name: wanted.name, anyway: 'yes' };
  if (wanted.description) args.description = wanted.description;
  if (wanted.status !== 'New') args.status = wanted.status;
  for (const name of ['tactics', 'techniques', 'labels', 'queries'] as const) {
    const values = wanted[name];
    if (values && values.length > 0) args[name] = values;
  }
  return JSON.stringify(args).length > mostArgs ? null : beforeItBeginsCard(wanted.name, much, args);
}

function createdText({ name, description }: Hunt): string {
  return description === '' ? name : `${name}\n${description}`;
}

/** A hunt's own queries as it has them by now, to be cloned into another. */
async function queriesOf({ stores }: Context, hunt: string): Promise<HuntQuery[]> {
  const own = await stores.queries.find({
    where: { hunt: { is: hunt }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 1000,
  });
  return own.map((query) => ({ ...query, id: query.source ?? query.id }));
}
