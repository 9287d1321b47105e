import type { Block, Button, Card, FactsBlock, ProgressBlock, ProgressState, SelectBlock } from '../../src/chat/card';
import { renderSelect } from './render-select';
import { renderTable } from './render-table';
import { attribute, escapeHtml, localHref, markUnseen, textToHtml, withSymbols } from './text';

export interface CardView {
  /** Buttons and selects work; without it (a report) they are left out. */
  interactive: boolean;
  /** The address to write for a link or picture; null where it must not be followed. */
  href: (url: string) => string | null;
}

const onThePage: CardView = { interactive: true, href: localHref };

/** HTML that needs the page's style sheet and no script; every string of the card is escaped in it. */
export function renderCard(card: Card, view: CardView = onThePage): string {
  const body = card.blocks.map((block) => renderBlock(block, view)).join('');
  return `<article class="card tone-${card.tone ?? 'neutral'}"><h3 class="card-title">${textToHtml(card.title)}</h3>${body}</article>`;
}

function renderBlock(block: Block, view: CardView): string {
  switch (block.type) {
    case 'heading':
      return `<h4 class="block-heading">${textToHtml(block.text)}</h4>`;
    case 'text':
      return `<p class="block-text">${textToHtml(block.text)}</p>`;
    case 'facts':
      return renderFacts(block);
    case 'table':
      return renderTable(block);
    case 'code':
      return renderCode(block.text, block.language, view);
    case 'note':
      return `<p class="block-note">${textToHtml(block.text)}</p>`;
    case 'progress':
      return renderProgress(block);
    case 'image':
      return renderImage(block.alt, block.url, view);
    case 'file':
      return renderFile(block.name, block.url, block.detail, view);
    case 'select':
      return view.interactive ? renderSelect(block) : renderChosen(block);
    case 'actions':
      return renderActions(block.buttons, view);
    case 'divider':
      return '<hr class="block-divider">';
    default:
      return block satisfies never;
  }
}

function renderFacts(block: FactsBlock): string {
  const facts = block.facts.map(
    ({ label, value }) => `<div><dt>${textToHtml(label)}</dt><dd>${textToHtml(value)}</dd></div>`,
  );
  // A handful of short ones stands side by side; more, or longer ones, are read as a list.
  const list = block.facts.length > 8 || block.facts.some(({ value }) => value.length > 60);
  return `<dl class="block-facts${list ? ' many' : ''}">${facts.join('')}</dl>`;
}

function renderCode(text: string, language: string | undefined, view: CardView): string {
  const shown = markUnseen(text);
  const copy = view.interactive
    ? `<button type="button" class="copy" data-copy="${attribute(text)}"><span>Copy</span></button>`
    : '';
  const name = language === undefined ? 'Text' : language.toUpperCase();
  return `<figure class="block-code${language === undefined ? ' plain' : ''}"><figcaption><span>${name}</span>${copy}</figcaption><pre tabindex="0"><code dir="ltr">${shown}</code></pre></figure>`;
}

const STATE_WORDS: Record<ProgressState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

function renderProgress(block: ProgressBlock): string {
  const items = block.items.map(
    ({ label, state, detail }) =>
      `<li class="is-${state}"><span class="state-icon" aria-hidden="true"></span><span class="progress-label">${textToHtml(label)}</span><span class="progress-detail">${detail === '' ? '' : textToHtml(detail)}</span><span class="state-word">${STATE_WORDS[state]}</span></li>`,
  );
  const finished = block.items.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const bar =
    block.items.length < 2
      ? ''
      : `<progress max="${block.items.length}" value="${finished}" aria-label="${finished} of ${block.items.length} finished"></progress>`;
  return `<div class="block-progress">${bar}<ul>${items.join('')}</ul></div>`;
}

function renderImage(alt: string, url: string, view: CardView): string {
  const href = view.href(url);
  const words = attribute(withSymbols(alt));
  if (href === null) return `<p class="block-note">Picture not shown: ${textToHtml(alt)}</p>`;
  return `<figure class="block-image"><a href="${attribute(href)}" target="_blank" rel="noopener noreferrer"><img src="${attribute(href)}" alt="${words}" loading="lazy"></a></figure>`;
}

function renderFile(name: string, url: string, detail: string, view: CardView): string {
  const href = view.href(url);
  const words = `<span class="file-icon" aria-hidden="true"></span><span class="file-name">${textToHtml(name)}</span><span class="file-detail">${textToHtml(detail)}</span>`;
  if (href === null) return `<p class="block-file is-dead">${words}</p>`;
  return `<a class="block-file" href="${attribute(href)}" download="${attribute(withSymbols(name))}" rel="noopener noreferrer">${words}<span class="file-get">Download</span></a>`;
}

function renderChosen(block: SelectBlock): string {
  const chosen = block.options.filter(({ value }) => block.chosen?.includes(value)).map(({ label }) => label);
  return renderFacts({ type: 'facts', facts: [{ label: block.label, value: chosen.join(', ') || '–' }] });
}

function renderActions(buttons: readonly Button[], view: CardView): string {
  const html = buttons.map((button) => renderButton(button, view)).join('');
  return html === '' ? '' : `<div class="block-actions">${html}</div>`;
}

function renderButton(button: Button, view: CardView): string {
  const label = textToHtml(button.label);
  if ('url' in button) {
    const href = view.href(button.url);
    if (href === null) return `<span class="button is-dead">${label}</span>`;
    return `<a class="button" href="${attribute(href)}" target="_blank" rel="noopener noreferrer">${label}</a>`;
  }
  if (!view.interactive) return '';
  const confirm = button.confirm === undefined ? '' : ` data-confirm="${attribute(JSON.stringify(button.confirm))}"`;
  return `<button type="button" class="button ${button.style ?? ''}" data-press="${escapeHtml(button.command)}" data-args="${attribute(JSON.stringify(button.args))}"${confirm}>${label}</button>`;
}
