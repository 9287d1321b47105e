import { ApiError, api, newWish, type Place } from './api.js';
import { type Live, openLive } from './live.js';
import { capMark, markRead, readMark } from './read-marks.js';
import { emptyList, type MessageList, type Outgoing, placeKey, putMessage, type State } from './state.js';
import type { WireEvent, WireForm, WireMessage } from './wire';

export interface StoreHooks {
  /** Something to draw changed. */
  changed(): void;
  /** A message that this person did not write came in. */
  arrived(message: WireMessage): void;
  form(form: WireForm, place: Place): void;
  sent(place: Place): void;
}

export type Store = ReturnType<typeof createStore>;

/** The state of the page and everything that changes it; the views only read. */
export function createStore(hooks: StoreHooks) {
  const state: State = {
    person: sessionStorage.getItem('talbot.person') ?? localStorage.getItem('talbot.person') ?? 'ada',
    connection: 'connecting',
    channel: 'hunting',
    lists: new Map(),
    outgoing: [],
    working: new Set(),
    menuOpen: false,
    latest: new Map(),
    newSince: new Map(),
  };
  let live: Live | null = null;
  let noticeTimer = 0;
  /** A card that was just pressed: what Talbot answers under it is shown, wherever the answer comes from. */
  let pressed: { message: string; until: number } | null = null;

  function set(change: Partial<State>): void {
    Object.assign(state, change);
    hooks.changed();
  }

  function notice(text: string, tone: 'neutral' | 'danger' = 'neutral'): void {
    clearTimeout(noticeTimer);
    noticeTimer = window.setTimeout(() => set({ notice: undefined }), 6000);
    set({ notice: { text, tone } });
  }

  function fault(error: unknown): void {
    notice(error instanceof ApiError ? error.message : 'Something broke on this page.', 'danger');
    if (!(error instanceof ApiError)) console.error(error);
  }

  function listOf(place: Place): MessageList {
    return state.lists.get(placeKey(place)) ?? emptyList();
  }

  function putList(place: Place, list: MessageList): void {
    state.lists.set(placeKey(place), list);
    hooks.changed();
  }

  /** Reads the newest page, and keeps what was scrolled back to where the two meet. */
  async function load(place: Place): Promise<void> {
    const { person } = state;
    putList(place, { ...listOf(place), loading: true });
    try {
      const page = await api.messages(person, place);
      if (person !== state.person) return;
      const before = listOf(place);
      const oldest = page.messages.at(-1)?.number ?? 0;
      const meets = before.messages.some(({ number }) => number >= oldest);
      let messages = before.loaded && meets ? before.messages : [];
      for (const message of page.messages) messages = putMessage(messages, message);
      const more = before.loaded && meets ? before.more : page.more;
      putList(place, { messages, more, loaded: true, loading: false, ...(page.root && { root: page.root }) });
    } catch (error) {
      putList(place, { ...listOf(place), loading: false });
      if (place.root !== undefined && error instanceof ApiError && error.code === 'not-found') openThread(undefined);
      else fault(error);
    }
  }

  async function loadOlder(place: Place): Promise<void> {
    const list = listOf(place);
    const first = list.messages[0];
    if (list.loading || !list.more || first === undefined) return;
    putList(place, { ...list, loading: true });
    try {
      const page = await api.messages(state.person, place, first.number);
      let messages = listOf(place).messages;
      for (const message of page.messages) messages = putMessage(messages, message);
      putList(place, { ...listOf(place), messages, more: page.more, loading: false });
    } catch (error) {
      putList(place, { ...listOf(place), loading: false });
      fault(error);
    }
  }

  function put(message: WireMessage): void {
    const place = { channel: message.channel, root: message.root };
    const list = listOf(place);
    const known = list.messages.some(({ id }) => id === message.id);
    // A message older than the first one read belongs to a page that was not asked for yet.
    const older = list.more && message.number < (list.messages[0]?.number ?? 0);
    if (list.loaded && !older) putList(place, { ...list, messages: putMessage(list.messages, message) });
    const under = listOf({ channel: message.channel, root: message.id });
    if (under.loaded) putList({ channel: message.channel, root: message.id }, { ...under, root: message });
    const latest = state.latest.get(message.channel) ?? 0;
    if (message.number > latest) state.latest.set(message.channel, message.number);
    if (!known && message.author.bot && message.root !== undefined) showAnswer(message.root);
    if (message.mine) markRead(state.person, message.channel, message.number);
    if (!known && !message.mine && message.number > latest) hooks.arrived(message);
    hooks.changed();
  }

  function showAnswer(root: string): void {
    if (pressed === null || pressed.message !== root || pressed.until < Date.now()) return;
    pressed = null;
    if (state.thread === undefined) openThread(root);
  }

  function receive(event: WireEvent): void {
    if (event.kind === 'message') put(event.message);
    else if (event.kind === 'form') hooks.form(event.form, event);
    else if (event.kind === 'resync') void refresh();
    else if (event.kind === 'working') {
      if (event.working) state.working.add(placeKey(event));
      else state.working.delete(placeKey(event));
      hooks.changed();
    } else {
      const top = { channel: event.channel };
      const messages = listOf(top).messages.map((message) =>
        message.id === event.id ? withReplies(message, event.replies) : message,
      );
      if (listOf(top).loaded) putList(top, { ...listOf(top), messages });
    }
  }

  async function refresh(): Promise<void> {
    const { person } = state;
    try {
      const known = await api.state(person);
      if (person !== state.person) return;
      for (const { id, latest } of known.channels) {
        state.latest.set(id, latest);
        capMark(person, id, latest);
      }
      state.working.clear();
      set({ known, failed: undefined });
      await Promise.all([load({ channel: state.channel }), ...(state.thread ? [load(openPlace())] : [])]);
    } catch (error) {
      if (state.known === undefined) set({ failed: error instanceof ApiError ? error.message : String(error) });
      else fault(error);
    }
  }

  function openPlace(): Place {
    return { channel: state.channel, root: state.thread };
  }

  function start(): void {
    live?.close();
    let first = true;
    live = openLive(state.person, {
      event: receive,
      connection(connection) {
        set({ connection });
        // Everything is read once the events flow, so that nothing falls between the two.
        if (connection === 'open' && (first || state.known === undefined)) void refresh();
        if (connection === 'open') first = false;
      },
    });
  }

  function become(person: string): void {
    if (person === state.person) return;
    sessionStorage.setItem('talbot.person', person);
    localStorage.setItem('talbot.person', person);
    state.lists.clear();
    state.latest.clear();
    state.newSince.clear();
    state.working.clear();
    state.outgoing = [];
    const channel = state.channel.startsWith('dm-') ? `dm-${person}` : state.channel;
    set({ person, channel, thread: undefined, editing: undefined, menuOpen: false });
    location.hash = channel;
    start();
  }

  function openChannel(channel: string): void {
    location.hash = channel;
  }

  function openThread(root: string | undefined): void {
    location.hash = root === undefined ? state.channel : `${state.channel}/${root}`;
  }

  /** The address says what is open, so that the back button closes a thread. */
  function followAddress(): void {
    const [channel = 'hunting', thread] = decodeURIComponent(location.hash.slice(1)).split('/');
    const wanted =
      channel === '' || (channel.startsWith('dm-') && channel !== `dm-${state.person}`) ? 'hunting' : channel;
    const moved = wanted !== state.channel;
    if (moved) state.newSince.delete(wanted);
    set({ channel: wanted, thread, menuOpen: false, ...(moved && { editing: undefined }) });
    if (state.known === undefined) return;
    if (!listOf({ channel: wanted }).loaded) void load({ channel: wanted });
    if (thread !== undefined && !listOf(openPlace()).loaded) void load(openPlace());
  }

  async function deliver(out: Outgoing): Promise<void> {
    const { once, text, file, channel, root } = out;
    out.failed = undefined;
    const slow = window.setTimeout(() => {
      out.shown = true;
      hooks.changed();
    }, 400);
    try {
      put(await api.send(state.person, { once, text, file, channel, root }));
      state.outgoing = state.outgoing.filter((other) => other !== out);
    } catch (error) {
      out.shown = true;
      out.failed = error instanceof ApiError ? error.message : 'Something broke on this page.';
    }
    clearTimeout(slow);
    hooks.changed();
  }

  function send(place: Place, text: string, file?: string): void {
    const out: Outgoing = { ...place, text, file, once: newWish(), shown: false };
    set({ outgoing: [...state.outgoing, out] });
    hooks.sent(place);
    void deliver(out);
  }

  async function edit(message: WireMessage, text: string): Promise<void> {
    set({ editing: undefined });
    if (text.trim() === '' || text === message.editable) return;
    await api.edit(state.person, { id: message.id, text, once: newWish() }).then(put, fault);
  }

  async function remove(message: WireMessage): Promise<void> {
    await api.remove(state.person, { id: message.id, once: newWish() }).catch(fault);
  }

  /** What is on the screen is read. */
  function sawChannel(): void {
    const latest = state.latest.get(state.channel) ?? 0;
    if (!state.newSince.has(state.channel)) state.newSince.set(state.channel, readMark(state.person, state.channel));
    if (document.visibilityState === 'visible') markRead(state.person, state.channel, latest);
  }

  function isUnread(channel: string): boolean {
    return (state.latest.get(channel) ?? 0) > readMark(state.person, channel);
  }

  return {
    state,
    set,
    notice,
    fault,
    listOf,
    load,
    loadOlder,
    put,
    start,
    refresh,
    become,
    openChannel,
    openThread,
    followAddress,
    deliver,
    send,
    edit,
    remove,
    sawChannel,
    isUnread,
    wasPressed: (message: string) => {
      pressed = { message, until: Date.now() + 8000 };
    },
    discard: (out: Outgoing) => set({ outgoing: state.outgoing.filter((other) => other !== out) }),
  };
}

function withReplies(message: WireMessage, replies: NonNullable<WireMessage['replies']>): WireMessage {
  if (replies.count > 0) return { ...message, replies };
  const { replies: _, ...rest } = message;
  return rest;
}
