import { html, nothing } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import type { Composer } from './composer.js';
import { icons } from './icons.js';
import { messageList } from './message-list.js';
import { sidebar } from './sidebar.js';
import type { Store } from './store.js';

export interface AppParts {
  store: Store;
  composer: Composer;
  threadComposer: Composer;
  redraw: () => void;
}

export function appView({ store, composer, threadComposer, redraw }: AppParts) {
  const { state } = store;
  if (state.known === undefined) return opening(store);
  const classes = { app: true, 'with-thread': state.thread !== undefined, 'menu-open': state.menuOpen };
  return html`<div class=${classMap(classes)}>
    ${sidebar(store, redraw)}
    <div class="scrim" @click=${() => store.set({ menuOpen: false })}></div>
    <main class="channel" aria-label="Channel">
      ${channelHead(store)} ${connectionBar(store)}
      ${messageList(store, { channel: state.channel }, emptyState(store, composer))}
      ${composer.view()}
    </main>
    ${
      state.thread === undefined
        ? nothing
        : html`<aside class="thread" aria-label="Thread">
            <header class="bar">
              <button type="button" class="icon-button only-phone" aria-label="Back to the channel" @click=${() => store.openThread(undefined)}>${icons.back}</button>
              <h1>Thread</h1>
              <button type="button" class="icon-button not-phone" aria-label="Close the thread" @click=${() => store.openThread(undefined)}>${icons.close}</button>
            </header>
            ${messageList(store, { channel: state.channel, root: state.thread }, nothing)}
            ${threadComposer.view()}
          </aside>`
    }
    ${state.notice ? html`<div class=${`toast ${state.notice.tone}`} role="alert">${state.notice.text}<button type="button" class="icon-button" aria-label="Dismiss" @click=${() => store.set({ notice: undefined })}>${icons.close}</button></div>` : nothing}
  </div>`;
}

function opening(store: Store) {
  const { failed, connection } = store.state;
  const lost = failed ?? (connection === 'lost' ? 'Talbot cannot be reached. Is it still running?' : undefined);
  return html`<div class="opening"><img src="/page/icon.svg" alt="" width="72" height="72" />
    <p role="status">${lost ?? 'Whistling for Talbot …'}</p></div>`;
}

function channelHead(store: Store) {
  const { known, channel } = store.state;
  const current = known?.channels.find(({ id }) => id === channel);
  const elsewhere = known?.channels.some(({ id }) => id !== channel && store.isUnread(id));
  return html`<header class="bar">
    <button type="button" class="icon-button only-phone menu-button" aria-label="Channels and people" @click=${() => store.set({ menuOpen: true })}>
      ${icons.menu}${elsewhere ? html`<span class="unread-dot"></span>` : nothing}
    </button>
    <h1>${current?.direct ? '' : html`<span class="hash" aria-hidden="true">#</span>`}${current?.name ?? channel}</h1>
    <p class="topic">${current?.topic ?? ''}</p>
    <span class="me-name">as ${known?.person.name}</span>
  </header>`;
}

function connectionBar(store: Store) {
  if (store.state.connection !== 'lost') return nothing;
  return html`<p class="connection" role="status"><span class="spinner" aria-hidden="true"></span>Talbot is not answering. Trying again …</p>`;
}

/** What to do on the first day: three things to type, one touch away. */
function emptyState(store: Store, composer: Composer) {
  const { known, channel } = store.state;
  const current = known?.channels.find(({ id }) => id === channel);
  const prefix = current?.direct ? '' : '/hunt ';
  const first = known?.person.name.split(' ')[0];
  return html`<section class="empty">
    <img src="/page/icon.svg" alt="" width="84" height="84" />
    <h2>${current?.direct ? `Hello ${first}, what shall we hunt?` : `Nothing has happened in #${current?.name} yet`}</h2>
    <p>${
      current?.direct
        ? 'Here every word goes straight to Talbot.'
        : html`Talk as you like, and call the hound with <code>/hunt</code> or <code>@Talbot</code>.`
    } Three ways to begin:</p>
    <ul>
      ${(known?.suggestions ?? []).map(
        ({
          words,
          does,
        }) => html`<li><button type="button" class="suggestion" @click=${() => composer.fill(prefix + words)}>
          <code>${prefix}${words}</code><span>${does}</span></button></li>`,
      )}
    </ul>
    <p class="empty-hint">Pick one to put it in the box below; <kbd>Enter</kbd> sends it.</p>
  </section>`;
}
