import { html, nothing } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { avatar } from './avatar.js';
import { shortcutsDialog } from './dialogs.js';
import { icons } from './icons.js';
import type { Store } from './store.js';
import { currentTheme, nextTheme } from './theme.js';

/** Channels, the conversation with Talbot, and who one is. */
export function sidebar(store: Store, redraw: () => void) {
  const { known, menuOpen } = store.state;
  const channels = known?.channels ?? [];
  return html`<nav class=${classMap({ sidebar: true, open: menuOpen })} aria-label="Channels">
    <header class="brand">
      <img src="/page/icon.svg" alt="" width="30" height="30" />
      <strong>Talbot</strong>
      <button type="button" class="icon-button only-phone" aria-label="Close the menu" @click=${() => store.set({ menuOpen: false })}>
        ${icons.close}
      </button>
    </header>
    <div class="sidebar-scroll">
      <h2>Channels</h2>
      <ul>
        ${channels.filter(({ direct }) => !direct).map((channel) => channelLink(store, channel))}
      </ul>
      <h2>Direct message</h2>
      <ul>
        ${channels.filter(({ direct }) => direct).map((channel) => channelLink(store, channel))}
      </ul>
    </div>
    ${peopleSwitch(store)}
    <footer class="sidebar-foot">
      ${themeButton(redraw)}
      <button type="button" class="foot-button" @click=${shortcutsDialog}>${icons.keyboard}<span>Keyboard</span></button>
    </footer>
  </nav>`;
}

function channelLink(store: Store, { id, name, direct }: { id: string; name: string; direct: boolean }) {
  const current = store.state.channel === id;
  const unread = !current && store.isUnread(id);
  return html`<li>
    <a href=${`#${id}`} class=${classMap({ 'channel-link': true, unread })} aria-current=${current ? 'page' : nothing} @click=${() => store.set({ menuOpen: false })}>
      ${direct ? avatar({ id: 'talbot', name, bot: true }, 'small') : html`<span class="hash" aria-hidden="true">#</span>`}
      <span class="channel-name">${name}</span>
      ${unread ? html`<span class="unread-dot"><span class="visually-hidden">unread</span></span>` : nothing}
    </a>
  </li>`;
}

function peopleSwitch(store: Store) {
  const { known, person } = store.state;
  return html`<section class="people" aria-label="Who you are">
    <h2>You are</h2>
    ${(known?.people ?? []).map(
      ({
        id,
        name,
        job,
      }) => html`<button type="button" class="person" data-person=${id} aria-pressed=${id === person} @click=${() => store.become(id)}>
        ${avatar({ id, name }, 'small')}
        <span class="person-name">${name}</span>
        <span class="person-job">${job}</span>
      </button>`,
    )}
  </section>`;
}

function themeButton(redraw: () => void) {
  const theme = currentTheme();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return html`<button
    type="button"
    class="foot-button theme-button"
    aria-label=${dark ? 'Switch to light' : 'Switch to dark'}
    @click=${() => {
      nextTheme();
      redraw();
    }}
  >${dark ? icons.sun : icons.moon}<span>${dark ? 'Light' : 'Dark'}</span></button>`;
}
