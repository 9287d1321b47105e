import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Place } from './api.js';
import { continues, messageRow, outgoingRow } from './message-row.js';
import { placeKey } from './state.js';
import type { Store } from './store.js';
import { dayName, sameDay } from './times.js';
import type { WireMessage } from './wire';

/** A channel's or a thread's messages with their days, what is new, and what is on its way. */
export function messageList(store: Store, place: Place, empty: unknown) {
  const list = store.listOf(place);
  const inThread = place.root !== undefined;
  const outgoing = store.state.outgoing.filter((out) => out.shown && placeKey(out) === placeKey(place));
  const working = store.state.working.has(placeKey(place));
  const newSince = inThread ? undefined : store.state.newSince.get(place.channel);
  return html`<div class="messages" data-place=${placeKey(place)} tabindex="-1" @scroll=${(event: Event) => onScroll(store, place, event)}>
    <div class="messages-inner">
      ${list.loading && list.loaded ? html`<p class="loading">Reading older messages …</p>` : nothing}
      ${!list.loaded ? html`<p class="loading">${list.loading ? 'Reading …' : ''}</p>` : nothing}
      ${list.root ? html`${messageRow(store, list.root, { inThread: true, grouped: false })}${repliesLine(list.messages.length, list.more)}` : nothing}
      ${list.loaded && !list.more && !inThread && list.messages.length === 0 ? empty : nothing}
      ${repeat(
        list.messages,
        ({ id }) => id,
        (message, index) => row(store, list.messages[index - 1], message, inThread, newSince),
      )}
      ${outgoing.map((out) => outgoingRow(store, out))}
      ${working ? html`<p class="at-work" role="status"><span class="paws" aria-hidden="true"><i></i><i></i><i></i></span>Talbot is on it</p>` : nothing}
    </div>
  </div>`;
}

function repliesLine(count: number, more: boolean): TemplateResult {
  const words = count === 0 ? 'No replies yet' : `${count}${more ? '+' : ''} ${count === 1 ? 'reply' : 'replies'}`;
  return html`<p class="line"><span>${words}</span></p>`;
}

function row(
  store: Store,
  above: WireMessage | undefined,
  message: WireMessage,
  inThread: boolean,
  newSince: number | undefined,
) {
  const newDay = !inThread && (above === undefined || !sameDay(above.at, message.at));
  const firstNew =
    newSince !== undefined &&
    newSince > 0 &&
    message.number > newSince &&
    (above?.number ?? 0) <= newSince &&
    !message.mine;
  const grouped = !newDay && !firstNew && continues(above, message);
  return html`${newDay ? html`<p class="line day"><span>${dayName(message.at)}</span></p>` : nothing}
  ${firstNew ? html`<p class="line new"><span>New</span></p>` : nothing}
  ${messageRow(store, message, { inThread, grouped })}`;
}

function onScroll(store: Store, place: Place, event: Event): void {
  if (event.target instanceof HTMLElement && event.target.scrollTop < 200) void store.loadOlder(place);
}

interface ScrollMark {
  place: string;
  first: string | undefined;
  last: string | undefined;
  fromEnd: number;
  atEnd: boolean;
}

/** Remembered before drawing, so that after it the eye stays where it was: at the end, or on the same message. */
export function markScroll(): ScrollMark[] {
  return [...document.querySelectorAll<HTMLElement>('.messages')].map((element) => {
    const fromEnd = element.scrollHeight - element.scrollTop;
    return {
      place: element.dataset.place ?? '',
      first: rowsOf(element).at(0)?.dataset.message,
      last: rowsOf(element).at(-1)?.dataset.message,
      fromEnd,
      atEnd: fromEnd - element.clientHeight < 60,
    };
  });
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('.messages-inner > [data-message]')];
}

export function keepScroll(marks: readonly ScrollMark[]): void {
  for (const element of document.querySelectorAll<HTMLElement>('.messages')) {
    const mark = marks.find(({ place }) => place === element.dataset.place);
    const rows = rowsOf(element);
    const last = rows.at(-1);
    if (mark === undefined || mark.atEnd || mark.first === undefined) {
      element.scrollTop = element.scrollHeight;
      // Of a message taller than the window one wants the beginning.
      const tall = last !== undefined && last.offsetHeight > element.clientHeight;
      if (tall && last.dataset.message !== mark?.last) last.scrollIntoView({ block: 'start' });
    } else if (mark.first !== rows.at(0)?.dataset.message) element.scrollTop = element.scrollHeight - mark.fromEnd;
  }
}

export function scrollToEnd(place: Place): void {
  const element = document.querySelector<HTMLElement>(`.messages[data-place="${CSS.escape(placeKey(place))}"]`);
  if (element !== null) element.scrollTop = element.scrollHeight;
}
