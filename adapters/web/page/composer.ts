import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { ApiError, api } from './api.js';
import { type Completion, complete } from './completion.js';
import { icons } from './icons.js';
import { placeKey } from './state.js';
import type { Store } from './store.js';
import { rememberTyped, typedBefore } from './typed-history.js';

export interface Composer {
  view(): unknown;
  focus(): void;
  /** Puts words there to be sent or changed. */
  fill(text: string): void;
  dismiss(): boolean;
}

/** Where one types: once under the channel, once under the open thread. Drafts stay with their place. */
export function createComposer(store: Store, where: 'channel' | 'thread', redraw: () => void): Composer {
  const drafts = new Map<string, string>();
  let completion: Completion = { suggestions: [], eager: false };
  let chosen = -1;
  /** Steps back in what was typed; 0 is the draft itself. */
  let back = 0;
  let attached: { file: string; name: string } | undefined;
  let attachFault: string | undefined;

  const id = `composer-${where}`;
  const { state } = store;

  function place() {
    return where === 'thread' ? { channel: state.channel, root: state.thread } : { channel: state.channel };
  }

  function draftKey(): string {
    return `${state.person} ${placeKey(place())}`;
  }

  function box(): HTMLTextAreaElement | null {
    return document.querySelector<HTMLTextAreaElement>(`#${id}`);
  }

  function isDirect(): boolean {
    return state.channel.startsWith('dm-');
  }

  function put(text: string, caret = text.length): void {
    drafts.set(draftKey(), text);
    redraw();
    requestAnimationFrame(() => {
      const area = box();
      if (area === null) return;
      area.value = text;
      area.focus();
      area.setSelectionRange(caret, caret);
      grow(area);
    });
  }

  function suggest(area: HTMLTextAreaElement): void {
    const { catalogue = [], people = [] } = state.known ?? {};
    completion = complete(area.value, area.selectionStart, { catalogue, people, direct: isDirect() });
    chosen = completion.eager && completion.suggestions.length > 0 ? 0 : -1;
    redraw();
  }

  function dismiss(): boolean {
    // How a command is written stands there alone once there is nothing left to choose.
    const open = completion.suggestions.length > 0 || completion.usage !== undefined;
    completion = { suggestions: [], eager: false };
    chosen = -1;
    if (open) redraw();
    return open;
  }

  function take(index: number): void {
    const suggestion = completion.suggestions[index];
    if (suggestion === undefined) return;
    put(suggestion.text, suggestion.caret);
    requestAnimationFrame(() => {
      const area = box();
      if (area !== null) suggest(area);
    });
  }

  function send(): void {
    const text = (drafts.get(draftKey()) ?? '').trim();
    if (text === '') return;
    rememberTyped(state.person, text);
    const file = attached?.file;
    attached = undefined;
    attachFault = undefined;
    drafts.delete(draftKey());
    back = 0;
    dismiss();
    store.send(place(), text, file);
    requestAnimationFrame(() => {
      const area = box();
      if (area !== null) grow(area);
    });
  }

  /** Uploaded at once, so that sending is quick; a file says what is most often meant by it. */
  async function attach(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    attachFault = undefined;
    try {
      attached = await api.upload(state.person, file);
      if ((drafts.get(draftKey()) ?? '').trim() === '') put(isDirect() ? 'content import' : '@Talbot content import');
    } catch (error) {
      attachFault = error instanceof ApiError ? error.message : 'The file could not be attached.';
    }
    redraw();
  }

  function onDrop(event: DragEvent): void {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    void attach(event.dataTransfer.files[0]);
  }

  function onPick(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    void attach(event.target.files?.[0]);
    event.target.value = '';
  }

  function attachment() {
    if (attachFault !== undefined) return html`<p class="attached" role="alert">${attachFault}</p>`;
    if (attached === undefined) return nothing;
    return html`<p class="attached">📎 ${attached.name}
      <button type="button" aria-label="Take the file off" @click=${() => {
        attached = undefined;
        redraw();
      }}>${icons.close}</button></p>`;
  }

  function recall(step: 1 | -1): void {
    const typed = typedBefore(state.person);
    const next = back + step;
    if (next < 0 || next > typed.length) return;
    back = next;
    dismiss();
    put(back === 0 ? '' : (typed.at(-back) ?? ''));
  }

  function onInput(event: Event): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    drafts.set(draftKey(), event.target.value);
    back = 0;
    grow(event.target);
    suggest(event.target);
  }

  function onKey(event: KeyboardEvent): void {
    // While an input method composes, Enter belongs to it.
    if (event.isComposing || !(event.target instanceof HTMLTextAreaElement)) return;
    const count = completion.suggestions.length;
    const { value, selectionStart } = event.target;
    const key = event.key;
    if (count > 0 && (key === 'ArrowDown' || key === 'ArrowUp') && (back === 0 || chosen >= 0)) {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      chosen = chosen === -1 && step === -1 ? count - 1 : (chosen + step + count) % count;
      redraw();
      requestAnimationFrame(() =>
        document.getElementById(`${id}-option-${chosen}`)?.scrollIntoView({ block: 'nearest' }),
      );
      return;
    }
    if (count > 0 && key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(Math.max(chosen, 0));
      return;
    }
    if (key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (chosen >= 0) take(chosen);
      else send();
      return;
    }
    if (key === 'ArrowUp' && (value === '' || (back > 0 && !value.slice(0, selectionStart).includes('\n')))) {
      event.preventDefault();
      recall(1);
    } else if (key === 'ArrowDown' && back > 0) {
      event.preventDefault();
      recall(-1);
    }
  }

  function placeholder(): string {
    if (where === 'thread') return isDirect() ? 'Reply' : 'Reply, or @Talbot …';
    const name = state.known?.channels.find(({ id: channel }) => channel === state.channel)?.name ?? state.channel;
    return isDirect() ? 'Tell Talbot what to do: try “help”' : `Message #${name} or / for commands`;
  }

  function list() {
    const { suggestions, usage } = completion;
    if (suggestions.length === 0 && usage === undefined) return nothing;
    return html`<div class="completion">
      ${usage === undefined ? nothing : html`<p class="usage"><code>${usage}</code></p>`}
      <ul id=${`${id}-list`} role="listbox" aria-label="Suggestions" ?hidden=${suggestions.length === 0}>
        ${suggestions.map(
          ({ label, detail }, index) => html`<li
            id=${`${id}-option-${index}`}
            role="option"
            aria-selected=${index === chosen}
            @mousedown=${(event: Event) => event.preventDefault()}
            @click=${() => take(index)}
          ><span class="option-label">${label}</span><span class="option-detail">${detail}</span></li>`,
        )}
      </ul>
      ${
        suggestions.length === 0
          ? nothing
          : html`<p class="completion-keys" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Esc</kbd> close</p>`
      }
    </div>`;
  }

  return {
    dismiss,
    focus: () => box()?.focus(),
    fill: (text) => {
      dismiss();
      put(text);
    },
    view() {
      const text = drafts.get(draftKey()) ?? '';
      const open = completion.suggestions.length > 0;
      return html`<div class="composer">
        ${list()}
        ${attachment()}
        <div class="composer-box" @dragover=${(event: Event) => event.preventDefault()} @drop=${onDrop}>
          <label class="attach" title="Attach a file">${icons.attach}<input
            type="file"
            aria-label="Attach a file"
            @change=${onPick}
          /></label>
          <textarea
            id=${id}
            rows="1"
            maxlength="40000"
            aria-label=${placeholder()}
            placeholder=${placeholder()}
            role="combobox"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded=${open}
            aria-controls=${`${id}-list`}
            aria-activedescendant=${chosen >= 0 ? `${id}-option-${chosen}` : nothing}
            autocomplete="off"
            spellcheck="false"
            .value=${live(text)}
            @input=${onInput}
            @keydown=${onKey}
            @blur=${() => dismiss()}
          ></textarea>
          <button type="button" class="send" aria-label="Send" ?disabled=${text.trim() === ''} @click=${send}>${icons.send}</button>
        </div>
      </div>`;
    },
  };
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
}
