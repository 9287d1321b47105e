import type { FieldValues, Inbound, InboundFile } from '../../src/chat/inbound';
import type { MessageRef, ThreadRef } from '../../src/chat/thread-ref';
import type { BlockActions, SlackMessageFields, SlashCommand, ViewSubmission } from './payloads';
import type { People } from './people';
import { type Press, pressFromValue } from './press-value';
import { placeFromView, type ViewPlace } from './render-form';
import { spokenWords } from './spoken-words';
import { personId, withoutFences } from './text';
import { type ViewState, valuesFromView } from './view-state';

export interface InboundDeps {
  people: People;
}

/** A message with words in it: where it stands, and whether Talbot is meant. */
export interface Spoken {
  eventId: string;
  team: string;
  channel: string;
  direct: boolean;
  mentioned: boolean;
  bot: string;
  message: SlackMessageFields & { user: string };
}

export async function inboundFromCommand(deps: InboundDeps, command: SlashCommand): Promise<Inbound> {
  const { text, mentions } = await spokenWords(deps.people, command.team_id, command.text);
  return {
    kind: 'text',
    id: command.trigger_id,
    actor: await deps.people.find(command.team_id, command.user_id, command.user_name),
    thread: threadOf(command.team_id, command.channel_id, undefined),
    text: withoutFences(text),
    addressed: 'yes',
    mentions,
  };
}

export async function inboundFromMessage(deps: InboundDeps, spoken: Spoken): Promise<Inbound> {
  const { message, team } = spoken;
  const root = message.thread_ts === message.ts ? undefined : message.thread_ts;
  const bot = spoken.mentioned || spoken.direct ? spoken.bot : undefined;
  const words = await spokenWords(deps.people, team, message.text, bot);
  const bang = root !== undefined && /^![\p{L}]/u.test(words.text);
  const addressed = spoken.mentioned || bang ? 'yes' : spoken.direct ? 'direct' : 'no';
  const text = bang ? words.text.slice(1) : words.text;
  return {
    kind: 'text',
    id: spoken.eventId,
    actor: await deps.people.find(team, message.user),
    thread: { ...threadOf(team, spoken.channel, root), ...(spoken.direct && { direct: true }) },
    text: addressed === 'no' ? text : withoutFences(text),
    addressed,
    messageId: message.ts,
    ...filesOf(message),
    mentions: words.mentions,
  };
}

/** Files whose bytes can be fetched; dispatch takes twenty. */
function filesOf({ files = [] }: SlackMessageFields): { files?: InboundFile[] } {
  const given = files.slice(0, 20).flatMap(({ name, size, url_private_download: handle }) => {
    if (handle === undefined || handle === '') return [];
    return [{ name: name || 'file', handle, ...(size !== undefined && { size }) }];
  });
  return given.length > 0 ? { files: given } : {};
}

export interface Pressed {
  inbound: Inbound & { kind: 'press' };
  /** The card that was pressed, where it is a message that can be edited by its id. */
  message: MessageRef | undefined;
}

/** Undefined where no card of ours was pressed in a way that asks for anything: a link, a select that waits for a button. */
export async function inboundFromPress(
  deps: InboundDeps,
  payload: BlockActions,
  team: string,
  otherwise: ThreadRef,
): Promise<Pressed | undefined> {
  const press = pressOf(payload);
  if (press === undefined) return undefined;
  const { container } = payload;
  const ts = container.message_ts ?? payload.message?.ts;
  const root = container.thread_ts ?? payload.message?.thread_ts;
  const channel = container.channel_id;
  const inMessage = channel !== undefined && ts !== undefined && container.is_ephemeral !== true;
  const message = inMessage ? { thread: threadOf(team, channel, root), id: ts } : undefined;
  // What a card at the top of a channel leads to hangs under that card; one that only its reader sees can carry no thread.
  const thread = channel === undefined ? otherwise : threadOf(team, channel, root ?? (inMessage ? ts : undefined));
  return {
    message,
    inbound: {
      kind: 'press',
      id: `${payload.trigger_id}:${payload.actions[0]?.action_ts ?? ''}`,
      actor: await deps.people.find(team, payload.user.id, payload.user.name ?? payload.user.username),
      thread,
      command: press.command,
      args: press.args,
      values: valuesFromCard(payload.state),
      ...(await peopleIn(deps, team, press.args)),
      ...(message !== undefined && { message }),
    },
  };
}

export interface Submitted {
  inbound: Inbound & { kind: 'form' };
  place: ViewPlace;
}

/** Undefined where the view is none of ours. */
export async function inboundFromSubmission(
  deps: InboundDeps,
  payload: ViewSubmission,
  team: string,
): Promise<Submitted | undefined> {
  const place = placeFromView(payload.view.private_metadata);
  if (place === undefined) return undefined;
  const values = valuesFromView(payload.view.state);
  const thread = { ...threadOf(team, place.channel, place.root), ...(place.direct && { direct: true }) };
  const top = { ...threadOf(team, place.channel, undefined), ...(place.direct && { direct: true }) };
  const message =
    place.message === undefined
      ? undefined
      : { thread: place.root === place.message ? top : thread, id: place.message };
  return {
    place,
    inbound: {
      kind: 'form',
      // A view keeps its id and hash when it comes back with faults; each submission has a trigger of its own.
      id: payload.trigger_id || `${payload.view.id}:${payload.view.hash ?? ''}`,
      actor: await deps.people.find(team, payload.user.id, payload.user.name ?? payload.user.username),
      thread,
      command: place.c,
      args: place.a,
      values,
      ...(await peopleIn(deps, team, { ...place.a, ...values })),
      ...(message !== undefined && { message }),
    },
  };
}

/** D… is a conversation of two: with Talbot, wherever Talbot hears it. */
export function threadOf(team: string, channel: string, root: string | undefined): ThreadRef {
  return {
    platform: 'slack',
    tenant: team,
    channel,
    ...(root !== undefined && { root }),
    ...(channel.startsWith('D') && { direct: true }),
  };
}

function pressOf(payload: BlockActions): Press | undefined {
  const [action] = payload.actions;
  if (action?.value !== undefined) return pressFromValue(action.value);
  return action?.action_id.startsWith('c|') ? pressFromValue(action.action_id.slice(2)) : undefined;
}

/** The selects of a card by their field, which their block's id names last. */
function valuesFromCard(state: ViewState | undefined): FieldValues {
  const values: FieldValues = {};
  for (const [blockId, actions] of Object.entries(state?.values ?? {})) {
    const field = /^s\|\d+\|[0-9a-f]{8}\|(.+)$/.exec(blockId)?.[1];
    if (field === undefined) continue;
    for (const select of Object.values(actions)) {
      if (select.selected_options) values[field] = select.selected_options.map((option) => option.value);
      else if (select.selected_option) values[field] = select.selected_option.value;
    }
  }
  return values;
}

/** People that a picker or a button's arguments name by id: `U1`, `<@U1>`. */
async function peopleIn(deps: InboundDeps, team: string, values: FieldValues) {
  const named = Object.values(values)
    .flat()
    .flatMap((value) => {
      const id = personId(value);
      return id === undefined ? [] : [{ value, id }];
    });
  const found = await Promise.all(
    named
      .slice(0, 20)
      .map(async ({ value, id }) => [value, { id, name: (await deps.people.find(team, id)).name }] as const),
  );
  return found.length === 0 ? {} : { mentions: Object.fromEntries(found) };
}
