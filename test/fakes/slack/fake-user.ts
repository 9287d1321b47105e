import type { Delivered, DeliveryKind, DeliveryOptions } from './delivery';
import { chosenState, fillView } from './fill-view';
import { buttonsOf, elementsOf, labelOf, typed } from './read-message';
import { asSlack, kind, show } from './web-api';
import { bot, type FakeMessage, type FakeView, type FakeWorkspace, type SlackJson } from './workspace';

export interface FakeUserDeps {
  workspace: FakeWorkspace;
  deliver(kind: DeliveryKind, payload: SlackJson, options?: DeliveryOptions): Promise<Delivered>;
  deliverEvent(event: SlackJson): Promise<Delivered>;
  origin: string;
}

/** A file that lies on Slack's own host under this name. */
export interface AttachedFile {
  name: string;
  size: number;
  address: string;
}

/** What one person does in a Slack client. Every call resolves when the app has acknowledged; answers are seen with `until`. */
export interface FakeUser {
  readonly id: string;
  /** `/hunt list`. */
  command(channel: string, line: string, options?: DeliveryOptions): Promise<Delivered>;
  /** A message as typed; people as `<@U2>`, Talbot as `@Talbot`. Resolves to the message. */
  say(channel: string, words: string, thread?: string, file?: AttachedFile): Promise<FakeMessage>;
  /** A direct message to Talbot. */
  tell(words: string, thread?: string): Promise<FakeMessage>;
  edit(message: FakeMessage, words: string): Promise<void>;
  remove(message: FakeMessage): Promise<void>;
  /** Presses the button with this label; throws where the card has none. */
  press(message: FakeMessage | SlackJson, label: string): Promise<Delivered>;
  /** Chooses, by label or value, in the select with this label; acts at once where the select does. */
  choose(message: FakeMessage, label: string, ...choices: string[]): Promise<Delivered | undefined>;
  /** The modal before this person. */
  view(): FakeView | undefined;
  /** Fills the open modal by field name and submits it; what is not named keeps what it showed. Throws where Slack's client would not send. */
  submit(values?: Record<string, string | string[]>): Promise<Delivered>;
  openHome(): Promise<Delivered>;
  shortcut(callbackId: string, message?: FakeMessage): Promise<Delivered>;
}

const chosenBy = new WeakMap<FakeMessage, Map<string, SlackJson>>();

export function createFakeUser(id: string, deps: FakeUserDeps): FakeUser {
  const { workspace } = deps;
  const person = workspace.people.get(id);
  if (person === undefined) throw new Error(`no person ${id}`);
  const user = { id, name: person.name, username: person.name, team_id: workspace.team };

  function responseUrl(channel: string, message?: FakeMessage): string {
    const response = workspace.next('response');
    workspace.responses.set(response, { channel, person: id, uses: 0, ...(message && { message }) });
    return `${deps.origin}/response/${response}`;
  }

  async function say(channelId: string, words: string, thread?: string, file?: AttachedFile): Promise<FakeMessage> {
    const channel = workspace.channels.get(channelId);
    if (channel === undefined) throw new Error(`no channel ${channelId}`);
    const message: FakeMessage = {
      ts: workspace.ts(),
      channel: channelId,
      user: id,
      text: typed(words),
      blocks: [],
      reactions: {},
      files: [],
      edits: 0,
      ...(thread !== undefined && { thread_ts: thread }),
    };
    workspace.messages.push(message);
    workspace.changed();
    const attached =
      file === undefined
        ? {}
        : {
            subtype: 'file_share',
            files: [{ id: 'F1', name: file.name, size: file.size, url_private_download: file.address }],
          };
    if (message.text.includes(`<@${bot.user}>`) && channel.person === undefined) {
      await deps.deliverEvent({ ...asSlack(message), ...attached, type: 'app_mention' });
    }
    // Talbot hears a channel only as a member of it.
    if (channel.bot) await deps.deliverEvent({ ...asSlack(message), ...attached, type: 'message', ...kind(channel) });
    return message;
  }

  function actions(message: FakeMessage | SlackJson, action: SlackJson): SlackJson {
    const home = !('ts' in message);
    const card = message as FakeMessage;
    const container = home
      ? { type: 'view', view_id: 'VHOME' }
      : {
          type: 'message',
          message_ts: card.ts,
          channel_id: card.channel,
          is_ephemeral: card.ephemeralFor !== undefined,
          ...(card.thread_ts !== undefined && { thread_ts: card.thread_ts }),
        };
    return {
      type: 'block_actions',
      user,
      team: { id: workspace.team, domain: 'hunters' },
      api_app_id: 'A1',
      trigger_id: workspace.trigger(id),
      container,
      actions: [{ ...action, action_ts: workspace.ts() }],
      ...(!home && {
        channel: { id: card.channel },
        response_url: responseUrl(card.channel, card),
        state: { values: stateOf(card) },
        ...(card.ephemeralFor === undefined && { message: asSlack(card) }),
      }),
    };
  }

  return {
    id,
    say,
    tell: (words, thread) => say(workspace.direct(id).id, words, thread),

    command(channel, line, options) {
      const [command = '', ...rest] = line.split(' ');
      const payload = {
        token: 'unused',
        team_id: workspace.team,
        team_domain: 'hunters',
        channel_id: channel,
        channel_name: workspace.channels.get(channel)?.name ?? channel,
        user_id: id,
        user_name: user.name,
        command,
        text: typed(rest.join(' ')),
        api_app_id: 'A1',
        is_enterprise_install: 'false',
        response_url: responseUrl(channel),
        trigger_id: workspace.trigger(id),
      };
      return deps.deliver('slash_commands', payload, options);
    },

    async edit(message, words) {
      const channel = workspace.channels.get(message.channel);
      if (channel === undefined) throw new Error(`no channel ${message.channel}`);
      const before = asSlack(message);
      message.text = typed(words);
      const after = { ...asSlack(message), type: 'message', edited: { user: id, ts: workspace.ts() } };
      await deps.deliverEvent({
        type: 'message',
        subtype: 'message_changed',
        ...kind(channel),
        message: after,
        previous_message: before,
      });
    },

    async remove(message) {
      const channel = workspace.channels.get(message.channel);
      if (channel === undefined) throw new Error(`no channel ${message.channel}`);
      workspace.messages.splice(workspace.messages.indexOf(message), 1);
      const previous_message = asSlack(message);
      await deps.deliverEvent({
        type: 'message',
        subtype: 'message_deleted',
        ...kind(channel),
        deleted_ts: message.ts,
        previous_message,
      });
    },

    press(message, label) {
      for (const { block, element } of elementsOf(message)) {
        if (element.type !== 'button' || labelOf(element.text) !== label) continue;
        return deps.deliver('interactive', actions(message, { ...element, block_id: block.block_id }));
      }
      throw new Error(`no button “${label}” among ${buttonsOf(message).join(', ') || 'none'}`);
    },

    async choose(message, label, ...choices) {
      const found = elementsOf(message).find(
        ({ block, element }) => element.type.endsWith('static_select') && labelOf(block.text) === label,
      );
      if (found === undefined) throw new Error(`no select “${label}”`);
      const { block, element } = found;
      const state = chosenState(element, choices);
      const chosen = chosenBy.get(message) ?? new Map<string, SlackJson>();
      chosen.set(`${block.block_id}`, { [`${element.action_id}`]: state });
      chosenBy.set(message, chosen);
      const { action_id } = element;
      return deps.deliver('interactive', actions(message, { ...state, action_id, block_id: block.block_id }));
    },

    view: () => workspace.open.get(id),

    async submit(values = {}) {
      const view = workspace.open.get(id);
      if (view === undefined) throw new Error('no modal is open');
      const state = { values: fillView(view.view.blocks, values) };
      const delivered = await deps.deliver('interactive', {
        type: 'view_submission',
        user,
        team: { id: workspace.team, domain: 'hunters' },
        api_app_id: 'A1',
        trigger_id: workspace.trigger(id),
        view: { id: view.id, hash: view.hash, ...view.view, state },
      });
      if (delivered.body.response_action === 'update') show(workspace, id, delivered.body.view);
      else if (delivered.body.response_action !== 'errors') workspace.open.delete(id);
      return delivered;
    },

    openHome: () =>
      deps.deliverEvent({
        type: 'app_home_opened',
        user: id,
        channel: workspace.direct(id).id,
        tab: 'home',
        event_ts: workspace.ts(),
      }),

    shortcut(callbackId, message) {
      const shared = { callback_id: callbackId, user, team: { id: workspace.team }, trigger_id: workspace.trigger(id) };
      if (message === undefined) return deps.deliver('interactive', { type: 'shortcut', ...shared });
      const channel = { id: message.channel };
      const response_url = responseUrl(message.channel);
      return deps.deliver('interactive', {
        type: 'message_action',
        ...shared,
        channel,
        message: asSlack(message),
        response_url,
      });
    },
  };
}

function stateOf(message: FakeMessage): SlackJson {
  const values: SlackJson = {};
  for (const { block, element } of elementsOf(message)) {
    if (!element.type.endsWith('static_select')) continue;
    const initial = (element.initial_options ?? (element.initial_option ? [element.initial_option] : [])) as {
      value: string;
    }[];
    values[`${block.block_id}`] = {
      [`${element.action_id}`]: chosenState(
        element,
        initial.map((option) => option.value),
      ),
    };
  }
  return { ...values, ...Object.fromEntries(chosenBy.get(message) ?? []) };
}
