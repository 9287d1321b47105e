import { html, nothing } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { avatar } from './avatar.js';
import { confirmDialog } from './dialogs.js';
import { icons } from './icons.js';
import { serverHtml } from './server-html.js';
import type { Outgoing } from './state.js';
import type { Store } from './store.js';
import { bareTime, clockTime, fullTime, sameDay } from './times.js';
import type { WireMessage, WireReplies } from './wire';

const GROUP_MS = 5 * 60_000;

/** Whether the message follows the one above under the same name. */
export function continues(above: WireMessage | undefined, message: WireMessage): boolean {
  return (
    above !== undefined &&
    above.author.id === message.author.id &&
    above.onlyYou === message.onlyYou &&
    above.replies === undefined &&
    sameDay(above.at, message.at) &&
    new Date(message.at).getTime() - new Date(above.at).getTime() < GROUP_MS
  );
}

export interface RowPlace {
  /** In the thread panel, or as the root of one, there is nothing to open. */
  inThread: boolean;
  grouped: boolean;
}

export function messageRow(store: Store, message: WireMessage, { inThread, grouped }: RowPlace) {
  const { author, at, mine, deleted } = message;
  const editing = store.state.editing === message.id;
  const classes = { message: true, grouped, 'only-you': message.onlyYou, deleted, bot: author.bot };
  return html`<article class=${classMap(classes)} data-message=${message.id} aria-label=${`${author.name}, ${clockTime(at)}`}>
    <div class="message-side">
      ${grouped ? html`<time class="side-time" datetime=${at} title=${fullTime(at)}>${bareTime(at)}</time>` : avatar(author)}
    </div>
    <div class="message-main">
      ${grouped ? nothing : header(message)}
      ${
        editing
          ? editor(store, message)
          : deleted
            ? html`<p class="tombstone">This message was deleted</p>`
            : html`<div class=${message.html.startsWith('<bdi>') ? 'message-body words' : 'message-body'} ${serverHtml(message.html)}></div>`
      }
      ${message.edited && !deleted ? html`<span class="edited">edited</span>` : nothing}
      ${signs(message)}
      ${inThread ? nothing : threadLink(message)}
    </div>
    ${deleted && !message.replies ? nothing : toolbar(store, message, mine && !deleted, inThread)}
  </article>`;
}

function header({ author, at, onlyYou }: WireMessage) {
  return html`<header class="message-head">
    <strong>${author.name}</strong>
    ${author.bot ? html`<span class="tag">Hound</span>` : nothing}
    <time datetime=${at} title=${fullTime(at)}>${clockTime(at)}</time>
    ${onlyYou ? html`<span class="only-you-mark">${icons.eye}Only you see this</span>` : nothing}
  </header>`;
}

const SIGN_WORDS: Record<string, string> = {
  kept: 'Kept as a comment',
  changed: 'Comment changed',
  withdrawn: 'Comment withdrawn',
};

function signs(message: WireMessage) {
  if (message.signs.length === 0) return nothing;
  return html`<div class="signs">
    ${message.signs.map((sign) => html`<span class="sign"><img src="/page/icon.svg" alt="" width="16" height="16" />${SIGN_WORDS[sign] ?? sign}</span>`)}
  </div>`;
}

/** Talbot's cards are what threads hang under, so the way into one is always in sight there. */
function threadLink(message: WireMessage) {
  if (message.replies !== undefined) return repliesBar(message, message.replies);
  if (!message.author.bot || message.onlyYou || message.channel.startsWith('dm-')) return nothing;
  return html`<a class="open-thread" href=${`#${message.channel}/${message.id}`}>${icons.reply}Reply in thread</a>`;
}

function repliesBar(message: WireMessage, { count, lastAt, people }: WireReplies) {
  const today = sameDay(lastAt, new Date().toISOString());
  return html`<a class="replies" href=${`#${message.channel}/${message.id}`}>
    <span class="replies-people">${people.map((person) => avatar(person, 'small'))}</span>
    <span class="replies-count">${count} ${count === 1 ? 'reply' : 'replies'}</span>
    <span class="replies-last">last ${today ? clockTime(lastAt) : new Date(lastAt).toLocaleDateString()}</span>
  </a>`;
}

function toolbar(store: Store, message: WireMessage, own: boolean, inThread: boolean) {
  const canReply = !inThread && message.root === undefined && !message.onlyYou;
  if (!canReply && !own) return nothing;
  return html`<div class="toolbar" role="group" aria-label="Message">
    ${canReply ? html`<button type="button" class="icon-button" aria-label="Reply in thread" title="Reply in thread" @click=${() => store.openThread(message.id)}>${icons.reply}</button>` : nothing}
    ${own && message.editable !== undefined ? html`<button type="button" class="icon-button" aria-label="Edit" title="Edit" @click=${() => startEditing(store, message)}>${icons.edit}</button>` : nothing}
    ${own ? html`<button type="button" class="icon-button" aria-label="Delete" title="Delete" @click=${() => remove(store, message)}>${icons.bin}</button>` : nothing}
  </div>`;
}

function startEditing(store: Store, message: WireMessage): void {
  store.set({ editing: message.id });
  requestAnimationFrame(() => {
    const area = document.querySelector<HTMLTextAreaElement>('.editor textarea');
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  });
}

async function remove(store: Store, message: WireMessage): Promise<void> {
  const text = 'It disappears for everyone. Where it was kept as a comment, the comment is withdrawn.';
  if (await confirmDialog({ title: 'Delete this message?', text, yes: 'Delete', danger: true }))
    await store.remove(message);
}

function editor(store: Store, message: WireMessage) {
  function save(event: Event): void {
    const area = event.target instanceof Element ? event.target.closest('.editor')?.querySelector('textarea') : null;
    if (area) void store.edit(message, area.value);
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save(event);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      store.set({ editing: undefined });
    }
  }
  return html`<div class="editor">
    <textarea rows="2" aria-label="Edit the message" .defaultValue=${message.editable ?? ''} @keydown=${onKey}></textarea>
    <div class="editor-buttons">
      <button type="button" class="button small primary" @click=${save}>Save</button>
      <button type="button" class="button small" @click=${() => store.set({ editing: undefined })}>Cancel</button>
    </div>
  </div>`;
}

/** What is on its way: shown grey while it takes long, with a way out when it failed. */
export function outgoingRow(store: Store, out: Outgoing) {
  const me = store.state.known?.person;
  return html`<article class="message outgoing">
    <div class="message-side">${me ? avatar(me) : nothing}</div>
    <div class="message-main">
      <header class="message-head"><strong>${me?.name ?? ''}</strong></header>
      <div class="message-body words">${out.text}</div>
      ${
        out.failed === undefined
          ? html`<p class="sending">Sending …</p>`
          : html`<p class="not-sent" role="alert">Not sent. ${out.failed}
              <button type="button" class="button small" @click=${() => store.deliver(out)}>Try again</button>
              <button type="button" class="button small" @click=${() => store.discard(out)}>Discard</button></p>`
      }
    </div>
  </article>`;
}
