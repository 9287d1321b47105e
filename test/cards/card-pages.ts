import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { types } from '@slack/bolt';
import { cardToMessage } from '../../adapters/slack/render-card';
import { formToView } from '../../adapters/slack/render-form';
import { cardToAdaptiveCard } from '../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../adapters/teams/render-form';
import { cardLimits } from '../../adapters/web/limits';
import { renderCard } from '../../adapters/web/render-card';
import { renderForm } from '../../adapters/web/render-form';
import { fitCard } from '../../src/chat/fit';
import { slackBlocksToHtml } from '../fakes/slack/slack-blocks-to-html';
import { adaptiveCardPage } from '../fakes/teams/card-page';
import { type CardExample, cardExamples, type FormExample, formExamples } from './card-examples';

export interface Drawn {
  name: string;
  /** A page of its own with nothing but the card. */
  html: string;
}

export function slackPages(width: number): Drawn[] {
  return [
    ...cardExamples.map(({ name, card }) => ({ name, html: slackBlocksToHtml(cardToMessage(card).blocks, width) })),
    ...formExamples.map(({ name, form }) => ({ name, html: slackBlocksToHtml(slackForm(form), width) })),
  ];
}

export function teamsPages(): Drawn[] {
  const page = (name: string, card: object) => ({ name, html: adaptiveCardPage([{ name, card }]) });
  return [
    ...cardExamples.map(({ name, card }) => page(name, cardToAdaptiveCard(card))),
    ...formExamples.map(({ name, form }) =>
      page(name, formToAdaptiveCard(form, { in: 'dialog', asker: { id: 'ada', name: 'Ada Night' } })),
    ),
  ];
}

export function webPages(): Drawn[] {
  return [
    ...cardExamples.map((example) => ({ name: example.name, html: webPage(webCard(example)) })),
    ...formExamples.map((example) => ({ name: example.name, html: webPage(webForm(example)) })),
  ];
}

export function webCard({ card }: CardExample): string {
  return renderCard(fitCard(card, cardLimits));
}

export function webForm({ form }: FormExample): string {
  return `<dialog class="sheet" open>${renderForm(form)}</dialog>`;
}

/** Slack's modal says its title above and its buttons below the blocks. */
function slackForm(form: FormExample['form']): types.KnownBlock[] {
  const view = formToView(form, { channel: 'C1' });
  const inputs = view.blocks.filter((block): block is types.KnownBlock => 'type' in block);
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return [
    { type: 'header' as const, text: plain(view.title.text) },
    ...inputs,
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          text: plain(view.submit?.text ?? 'Save'),
          style: 'primary' as const,
          action_id: 'submit',
        },
      ],
    },
  ];
}

const pageFolder = join(__dirname, '..', '..', 'adapters', 'web', 'page');

/** The local page's own sheets, in the order of its index.html, without its frame. */
function webPage(inside: string): string {
  const index = readFileSync(join(pageFolder, 'index.html'), 'utf8');
  const sheets = [...index.matchAll(/href="\/page\/([\w-]+\.css)"/g)].map(([, name = '']) =>
    readFileSync(join(pageFolder, name), 'utf8'),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${sheets.join('\n')}
html,body{height:auto;overflow:visible}
body{padding:8px 12px}
dialog.sheet{position:static;margin:0 auto;max-width:100%;max-height:none}</style>
<div class="message-body">${inside}</div></html>`;
}
