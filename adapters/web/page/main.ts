import { render } from 'lit-html';
import { appView } from './app-view.js';
import { listenToCards } from './card-events.js';
import { createComposer } from './composer.js';
import { formDialog, shortcutsDialog } from './dialogs.js';
import { keepScroll, markScroll, scrollToEnd } from './message-list.js';
import { closePicker } from './pickers.js';
import { createStore } from './store.js';

const root = document.querySelector<HTMLElement>('#app');
const spoken = document.querySelector<HTMLElement>('#spoken');
let scheduled = false;

const store = createStore({
  changed: redraw,
  arrived(message) {
    const { channel, thread } = store.state;
    const here = message.channel === channel && (message.root === undefined || message.root === thread);
    if (here) say(`${message.author.name}: ${message.summary}`);
  },
  form(form, place) {
    formDialog(store, form, { channel: place.channel, root: place.root }, (outcome) => {
      if (outcome.kind === 'posted') store.put(outcome.message);
      else if (outcome.kind === 'form') store.notice('Open the form from the card to go on.');
    });
  },
  sent: (place) => setTimeout(() => scrollToEnd(place), 60),
});

const composer = createComposer(store, 'channel', redraw);
const threadComposer = createComposer(store, 'thread', redraw);

function redraw(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  scheduled = false;
  if (root === null) return;
  const marks = markScroll();
  const { known, channel } = store.state;
  if (known !== undefined && store.listOf({ channel }).loaded) store.sawChannel();
  render(appView({ store, composer, threadComposer, redraw }), root);
  keepScroll(marks);
  const unread = known?.channels.some(({ id }) => store.isUnread(id));
  const name = known?.channels.find(({ id }) => id === channel)?.name;
  document.title = `${unread ? '• ' : ''}${name === undefined ? 'Talbot' : channel.startsWith('dm-') ? 'Talbot' : `#${name} · Talbot`}`;
}

function say(words: string): void {
  if (spoken === null) return;
  const line = document.createElement('p');
  line.textContent = words;
  spoken.append(line);
  while (spoken.children.length > 5) spoken.firstElementChild?.remove();
}

function step(by: 1 | -1): void {
  const channels = store.state.known?.channels ?? [];
  const at = channels.findIndex(({ id }) => id === store.state.channel);
  const next = channels[(at + by + channels.length) % channels.length];
  if (next !== undefined) store.openChannel(next.id);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, select, input:not([type=checkbox], [type=radio])');
}

/** Closes the nearest thing that is open; the thread last. */
function closeNearest() {
  const picker = document.querySelector<HTMLDetailsElement>('details.picker[open]');
  if (picker !== null) return closePicker(picker);
  if (composer.dismiss() || threadComposer.dismiss()) return;
  if (store.state.menuOpen) return store.set({ menuOpen: false });
  if (store.state.thread !== undefined) {
    store.openThread(undefined);
    composer.focus();
  }
}

document.addEventListener('keydown', (event) => {
  if (document.querySelector('dialog[open]') !== null) return;
  if (event.key === 'Escape') return closeNearest();
  if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    return step(event.key === 'ArrowDown' ? 1 : -1);
  }
  const person =
    event.altKey && /^Digit[1-9]$/.test(event.code)
      ? store.state.known?.people[Number(event.code.slice(5)) - 1]
      : undefined;
  if (person !== undefined) {
    event.preventDefault();
    return store.become(person.id);
  }
  if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === '?') {
    event.preventDefault();
    shortcutsDialog();
  } else if (event.key === '/') {
    event.preventDefault();
    (store.state.thread === undefined ? composer : threadComposer).fill('/hunt ');
  }
});

/** Where there is a keyboard, one goes on typing in what was opened. */
function focusComposer(): void {
  if (!matchMedia('(hover: hover) and (pointer: fine)').matches || document.querySelector('dialog[open]') !== null)
    return;
  setTimeout(() => (store.state.thread === undefined ? composer : threadComposer).focus(), 60);
}

window.addEventListener('hashchange', () => {
  store.followAddress();
  focusComposer();
});
document.addEventListener('visibilitychange', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

listenToCards(store);
store.followAddress();
store.start();
redraw();
