import { refuseBlocks, refuseView } from './block-rules';
import { bot, type FakeChannel, type FakeMessage, type FakeWorkspace, type SlackJson } from './workspace';

interface WebApiDeps {
  workspace: FakeWorkspace;
  botToken: string;
  appToken: string;
  /** Where files go, and where the socket waits. */
  origin: () => string;
  /** Told of what the bot did, because Slack tells apps about their own messages too. */
  tell(event: SlackJson): void;
}

export type Method = (args: SlackJson, deps: WebApiDeps) => SlackJson;

/** The methods Talbot may call; each answers as Slack does, refusals included. */
export const methods: Record<string, Method> = {
  'auth.test': (_, { workspace }) => ({
    ok: true,
    team_id: workspace.team,
    team: 'Hunters',
    user_id: bot.user,
    bot_id: bot.id,
    user: bot.name,
    url: 'https://hunters.slack.com/',
  }),

  'oauth.v2.access': (args, { workspace, botToken }) => {
    if (text(args.code) !== 'good') return refuse('invalid_code');
    return {
      ok: true,
      app_id: 'A1',
      access_token: botToken,
      token_type: 'bot',
      scope: 'chat:write',
      bot_user_id: bot.user,
      team: { id: workspace.team, name: 'Hunters' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: 'U1' },
    };
  },

  'users.info': (args, { workspace }) => {
    const person = workspace.people.get(text(args.user));
    if (person === undefined) return refuse('user_not_found');
    const { id, name, realName, timeZone } = person;
    return { ok: true, user: { id, name, real_name: realName, tz: timeZone, profile: { display_name: realName } } };
  },

  'conversations.open': (args, { workspace }) => {
    const person = text(args.users);
    if (!workspace.people.has(person)) return refuse('user_not_found');
    return { ok: true, channel: { id: workspace.direct(person).id } };
  },

  'chat.postMessage': (args, deps) => {
    const { workspace } = deps;
    const channel = workspace.channel(text(args.channel));
    const refused = refusePosting(channel) ?? refuseText(args, workspace);
    if (refused !== undefined || channel === undefined) return refused ?? refuse('channel_not_found');
    const root = optionalText(args.thread_ts);
    if (root !== undefined && workspace.find(channel.id, root) === undefined) return refuse('thread_not_found');
    const message = fromBot(workspace, channel.id, args);
    workspace.messages.push(message);
    workspace.changed();
    deps.tell({ type: 'message', subtype: 'bot_message', ...asSlack(message), ...kind(channel) });
    return { ok: true, channel: channel.id, ts: message.ts, message: asSlack(message) };
  },

  'chat.postEphemeral': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === undefined) return refuse('channel_not_found');
    if (!channel.bot) return refuse('not_in_channel');
    if (!workspace.people.has(text(args.user))) return refuse('user_not_in_channel');
    const refused = refuseText(args, workspace);
    if (refused !== undefined) return refused;
    const message = { ...fromBot(workspace, channel.id, args), ephemeralFor: text(args.user) };
    workspace.messages.push(message);
    workspace.changed();
    return { ok: true, message_ts: message.ts };
  },

  'chat.update': (args, deps) => {
    const { workspace } = deps;
    const channel = workspace.channel(text(args.channel));
    if (channel === undefined) return refuse('channel_not_found');
    const message = workspace.find(channel.id, text(args.ts));
    if (message === undefined || message.ephemeralFor !== undefined) return refuse('message_not_found');
    if (message.user !== bot.user) return refuse('cant_update_message');
    const refused = refuseText(args, workspace);
    if (refused !== undefined) return refused;
    const before = asSlack(message);
    message.text = text(args.text);
    message.blocks = blocksOf(args);
    message.edits += 1;
    if (args.metadata !== undefined) Object.assign(message, { metadata: args.metadata });
    workspace.changed();
    deps.tell({
      type: 'message',
      subtype: 'message_changed',
      ...kind(channel),
      channel: channel.id,
      message: asSlack(message),
      previous_message: before,
    });
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text };
  },

  'conversations.join': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === undefined) return refuse('channel_not_found');
    if (channel.person !== undefined || channel.private) return refuse('method_not_supported_for_channel_type');
    if (channel.archived) return refuse('is_archived');
    channel.bot = true;
    return { ok: true, channel: { id: channel.id } };
  },

  'conversations.history': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === undefined) return refuse('channel_not_found');
    if (!channel.bot) return refuse('not_in_channel');
    const all = visible(workspace, channel.id).filter((one) => one.thread_ts === undefined || one.thread_ts === one.ts);
    return page(all.reverse(), args);
  },

  'conversations.replies': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === undefined) return refuse('channel_not_found');
    if (!channel.bot) return refuse('not_in_channel');
    const root = text(args.ts);
    if (workspace.find(channel.id, root) === undefined) return refuse('thread_not_found');
    return page(
      visible(workspace, channel.id).filter((one) => one.ts === root || one.thread_ts === root),
      args,
    );
  },

  'reactions.add': (args, { workspace }) => {
    const message = workspace.find(text(args.channel), text(args.timestamp));
    if (message === undefined) return refuse('message_not_found');
    const name = text(args.name);
    if (!/^[a-z0-9_+-]+$/.test(name)) return refuse('invalid_name');
    const by = message.reactions[name] ?? [];
    if (by.includes(bot.user)) return refuse('already_reacted');
    message.reactions[name] = [...by, bot.user];
    workspace.changed();
    return { ok: true };
  },

  'reactions.remove': (args, { workspace }) => {
    const message = workspace.find(text(args.channel), text(args.timestamp));
    if (message === undefined) return refuse('message_not_found');
    const name = text(args.name);
    const by = message.reactions[name] ?? [];
    if (!by.includes(bot.user)) return refuse('no_reaction');
    message.reactions[name] = by.filter((one) => one !== bot.user);
    if (message.reactions[name].length === 0) delete message.reactions[name];
    workspace.changed();
    return { ok: true };
  },

  'views.open': (args, { workspace }) => {
    const trigger = workspace.triggers.get(text(args.trigger_id));
    if (trigger === undefined) return refuse('invalid_trigger_id');
    if (trigger.used) return refuse('exchanged_trigger_id');
    if (Date.now() > trigger.until) return refuse('expired_trigger_id');
    const refused = refuseView(args.view, 'modal');
    if (refused !== undefined) return refuse(refused.error, refused.messages);
    trigger.used = true;
    return { ok: true, view: show(workspace, trigger.person, args.view) };
  },

  'views.publish': (args, { workspace }) => {
    const person = text(args.user_id);
    if (!workspace.people.has(person)) return refuse('user_not_found');
    const refused = refuseView(args.view, 'home');
    if (refused !== undefined) return refuse(refused.error, refused.messages);
    workspace.homes.set(person, args.view as SlackJson);
    workspace.changed();
    return { ok: true, view: { id: workspace.next('V'), ...(args.view as SlackJson) } };
  },

  'files.getUploadURLExternal': (args, { workspace, origin }) => {
    if (optionalText(args.filename) === undefined || !(Number(args.length) > 0)) return refuse('invalid_arguments');
    const id = workspace.next('F0HUNT');
    const alt = optionalText(args.alt_txt ?? args.alt_text) ?? '';
    if (alt.length > 1000) return refuse('alt_txt_too_large');
    workspace.files.set(id, {
      id,
      name: text(args.filename),
      bytes: Buffer.alloc(0),
      looks: workspace.looksAtFiles,
      completed: false,
    });
    return { ok: true, file_id: id, upload_url: `${origin()}/upload/${id}` };
  },

  'files.completeUploadExternal': (args, { workspace }) => {
    const files = args.files as { id: string }[];
    const held = files.map(({ id }) => workspace.files.get(id)).filter((file) => file !== undefined);
    if (held.length < files.length || held.some((file) => file.bytes.length === 0)) return refuse('file_not_found');
    // Without a channel nobody but the bot sees the files yet.
    const channel = optionalText(args.channel_id) === undefined ? null : workspace.channel(text(args.channel_id));
    if (channel === undefined) return refuse('channel_not_found');
    if (channel !== null && !channel.bot) return refuse('not_in_channel');
    for (const file of held) file.completed = true;
    if (channel === null) return { ok: true, files };
    for (const file of held) {
      file.channel = channel.id;
      const root = optionalText(args.thread_ts);
      if (root !== undefined) file.thread_ts = root;
    }
    const message = fromBot(workspace, channel.id, { text: args.initial_comment ?? '', thread_ts: args.thread_ts });
    workspace.messages.push({ ...message, files: files.map((file) => file.id) });
    workspace.changed();
    return { ok: true, files };
  },

  'apps.connections.open': (_, { origin }) => ({ ok: true, url: `${origin().replace('http', 'ws')}/socket` }),
};

export function refuse(error: string, messages: string[] = []): SlackJson {
  return { ok: false, error, response_metadata: { messages } };
}

/** A view before a person; the one before it is gone. */
export function show(workspace: FakeWorkspace, person: string, view: unknown): SlackJson {
  const id = workspace.next('V');
  const opened = { id, hash: `${Date.now()}.${id}`, person, view: withBlockIds(view) };
  workspace.views.set(id, opened);
  workspace.open.set(person, opened);
  workspace.changed();
  return { id, hash: opened.hash, ...opened.view };
}

/** As Slack sends a message to apps: blocks have ids, `&`, `<` and `>` stay escaped. */
export function asSlack(message: FakeMessage): SlackJson {
  const { reactions: _, edits: __, ephemeralFor: ___, files: ____, ...rest } = message;
  return { ...rest };
}

export function kind(channel: FakeChannel): SlackJson {
  return {
    channel: channel.id,
    channel_type: channel.person !== undefined ? 'im' : channel.private ? 'group' : 'channel',
  };
}

export function refuseText(args: SlackJson, workspace: FakeWorkspace): SlackJson | undefined {
  if (args.blocks !== undefined) {
    const refused = refuseBlocks(args.blocks);
    if (refused !== undefined) return refuse(refused.error, refused.messages);
    const unknown = refusePictures(args.blocks as SlackJson[], workspace);
    if (unknown !== undefined) return unknown;
  }
  if (text(args.text).length > 40_000) return refuse('msg_too_long');
  if (text(args.text) === '' && args.blocks === undefined) return refuse('no_text');
  return undefined;
}

/** A file of Slack's must be whole, a picture, and looked at before a block may show it (slackapi/python-slack-sdk issues 1521, 1797). */
function refusePictures(blocks: SlackJson[], workspace: FakeWorkspace): SlackJson | undefined {
  for (const [index, { slack_file }] of blocks.entries()) {
    if (slack_file === undefined) continue;
    const file = workspace.files.get(text((slack_file as SlackJson).id));
    const picture = file?.bytes.subarray(1, 4).toString() === 'PNG';
    const early = file !== undefined && file.looks > 0;
    if (early) file.looks -= 1;
    if (picture && !early && file?.completed) continue;
    return refuse('invalid_blocks', [`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`]);
  }
  return undefined;
}

export function fromBot(workspace: FakeWorkspace, channel: string, args: SlackJson): FakeMessage {
  const root = optionalText(args.thread_ts);
  return {
    ts: workspace.ts(),
    channel,
    user: bot.user,
    bot_id: bot.id,
    text: text(args.text),
    blocks: blocksOf(args),
    reactions: {},
    files: [],
    edits: 0,
    ...(root !== undefined && { thread_ts: root }),
    ...(args.metadata !== undefined && { metadata: args.metadata as NonNullable<FakeMessage['metadata']> }),
  };
}

function refusePosting(channel: FakeChannel | undefined): SlackJson | undefined {
  if (channel === undefined) return refuse('channel_not_found');
  if (channel.archived) return refuse('is_archived');
  return channel.bot || !channel.private ? undefined : refuse('not_in_channel');
}

function blocksOf(args: SlackJson): SlackJson[] {
  return withBlockIds({ blocks: args.blocks ?? [] }).blocks;
}

function withBlockIds(view: unknown): SlackJson & { blocks: SlackJson[] } {
  const whole = view as SlackJson & { blocks: SlackJson[] };
  return { ...whole, blocks: whole.blocks.map((block, index) => ({ block_id: `auto${index}`, ...block })) };
}

function visible(workspace: FakeWorkspace, channel: string): FakeMessage[] {
  return workspace.messages.filter((one) => one.channel === channel && one.ephemeralFor === undefined);
}

function page(all: FakeMessage[], args: SlackJson): SlackJson {
  const from = Number(optionalText(args.cursor) ?? 0);
  const limit = Number(args.limit ?? 100);
  const withMetadata = String(args.include_all_metadata) === 'true';
  const messages = all.slice(from, from + limit).map((message) => {
    const { metadata, ...rest } = asSlack(message);
    return withMetadata && metadata !== undefined ? { ...rest, metadata } : rest;
  });
  const next = from + limit < all.length ? String(from + limit) : '';
  return { ok: true, messages, has_more: next !== '', response_metadata: { next_cursor: next } };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
