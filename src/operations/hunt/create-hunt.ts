import { threadKey, threadUnder } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import { HuntStatus, HypothesisStatus } from '../../domain/hunt';
import { UserError } from '../../errors';
import { cloneInto, libraryQueries } from '../../hunting/clone-queries';
import { ChatError } from '../../ports/chat-platform';
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
  },
  positional: ['name'],
  async run(ctx, input) {
    const chat = ctx.chats.get(ctx.thread.platform);
    if (!chat) throw new UserError('unavailable', `Talbot cannot post on ${ctx.thread.platform} right now.`);
    const owner = input.owner ? ctx.resolvePerson(input.owner) : ctx.person;
    const queries = await libraryQueries(ctx, input.queries ?? []);
    const number = await ctx.stores.next('hunt');
    const now = ctx.clock.now();
    const hunt = await ctx.stores.hunts.insert({
      id: `H-${number}`,
      number,
      name: input.name,
      description: input.description ?? '',
      status: input.status,
      hypothesis: input.hypothesis,
      tactics: input.tactics ?? [],
      techniques: input.techniques ?? [],
      labels: input.labels ?? [],
      owner,
      ownerId: owner.id,
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
      threads: [],
      threadKeys: [],
      cards: [],
    });
    const cloned = await cloneInto(ctx, hunt.id, queries);
    const numbers = { queries: cloned.added.length, runs: 0, bookmarks: 0, entities: 0, comments: 0 };
    const { root: _root, ...channel } = ctx.thread;
    try {
      const message = await chat.post(channel, huntCard(hunt, numbers), `hunt.${hunt.id}`);
      const thread = threadUnder(message);
      await ctx.stores.hunts.update({ ...hunt, threads: [thread], threadKeys: [threadKey(thread)], cards: [message] });
      return { kind: 'nothing' };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      ctx.log.warn({ hunt: hunt.id, code: error.code }, 'the card of a new hunt could not be posted');
      throw new UserError(
        'unavailable',
        `${hunt.id} was created, but its card could not be posted here.`,
        `Invite Talbot to the channel, then type “link ${hunt.id}” there.`,
      );
    }
  },
});
