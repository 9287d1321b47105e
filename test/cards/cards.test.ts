import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cardToMessage } from '../../adapters/slack/render-card';
import { formToView } from '../../adapters/slack/render-form';
import { cardToAdaptiveCard } from '../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../adapters/teams/render-form';
import { cardToText } from '../../src/chat/plain-text';
import { refuseBlocks, refuseView } from '../fakes/slack/block-rules';
import { checkActivity } from '../fakes/teams/check-activity';
import { cardExamples, formExamples } from './card-examples';
import { webCard, webForm } from './card-pages';

/** Files of src/views that make no card of their own. */
const parts = [
  'cell-text',
  'comment-blocks',
  'content-counts',
  'coverage-colours',
  'coverage-csv',
  'coverage-legend',
  'coverage-picture',
  'csv-line',
  'defang',
  'entity-activity',
  'entity-label',
  'events-picture',
  'file-detail',
  'inert-name',
  'investigation-picture',
  'zoom-page',
  'library-counts',
  'line-diff',
  'marked-line',
  'navigator-layer',
  'pick-rows',
  'row-label',
  'one-line',
  'pager',
  'pick-queries',
  'result-mark',
  'row-order',
  'tab-name',
  'rows-table',
  'tactic-picture',
  'wording',
  'zoned-time',
  'wrap-words',
];

test('every view has its picture, and every name is one picture', () => {
  const views = readdirSync(join(__dirname, '..', '..', 'src', 'views')).map((file) => file.replace(/\.ts$/, ''));
  const drawn = new Set(cardExamples.map((example) => example.view));
  expect(views.filter((view) => !parts.includes(view) && !drawn.has(view))).toEqual([]);
  expect([...drawn].filter((view) => !views.includes(view))).toEqual([]);
  const names = [...cardExamples, ...formExamples].map((example) => example.name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(cardExamples)('$name', ({ name, view, card }) => {
  test('Slack takes it', () => {
    expect(refuseBlocks(cardToMessage(card).blocks)).toBeUndefined();
  });

  test('Teams takes it', () => {
    const content = cardToAdaptiveCard(card);
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    expect(checkActivity(JSON.stringify({ type: 'message', attachments }))).toMatchObject({ ok: true });
  });

  test('the local page shows it, and nothing of it is alive that should not be', () => {
    const html = webCard({ name, view, card });
    expect(html).not.toMatch(/href="https?:\/\/evil/i);
    const bare = html.replace(/"[^"]*"/g, '');
    expect(bare).not.toMatch(/<(?:script|iframe)\b|<[a-z][^>]*\son\w+=/i);
    expect(bare.match(/<img\b/gi)?.length ?? 0).toBe(card.blocks.filter(({ type }) => type === 'image').length);
    expect(html).toContain('card-title');
  });

  test('its title stands once', () => {
    expect(
      cardToText(card)
        .split('\n')
        .filter((line) => line === card.title),
    ).toHaveLength(1);
  });
});

describe.each(formExamples)('$name', ({ name, form }) => {
  test('Slack, Teams and the local page take it', () => {
    expect(refuseView(formToView(form, { channel: 'C1' }), 'modal')).toBeUndefined();
    const content = formToAdaptiveCard(form, { in: 'message', asker: { id: 'ada', name: 'Ada' } });
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    expect(checkActivity(JSON.stringify({ type: 'message', attachments }))).toMatchObject({ ok: true });
    expect(webForm({ name, form })).toContain('<form');
  });
});
