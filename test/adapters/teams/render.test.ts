import { MAX_CARD_CHARACTERS } from '../../../adapters/teams/limits';
import { cardToAdaptiveCard } from '../../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../../adapters/teams/render-form';
import type { Card } from '../../../src/chat/card';
import { cardFaults, checkActivity, RawCard } from '../../fakes/teams/check-activity';
import { inputsOf, tablesOf, textsOf } from '../../fakes/teams/read-card';
import { EVERY_BLOCK, EVERY_CONTROL } from './sample-card';

const HOSTILE = [
  '<at>everyone</at>',
  '[click](https://evil.test)',
  '![x](https://evil.test/x.png)',
  '**bold** _it_ `code` # head\n- item\n1. one',
  '<a href="https://evil.test">a</a><img src=x onerror=alert(1)>',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '&lt;at&gt;x&lt;/at&gt;',
  'abc\u202egnp.exe\u2066',
  'nul\u0000bell\u0007',
  '$'.concat('{$root.secret}'),
];

test('every block is sound for Microsoft’s own parser, in a message and in a dialog', () => {
  expect(cardFaults(cardToAdaptiveCard(EVERY_BLOCK))).toEqual([]);
  expect(cardFaults(cardToAdaptiveCard(EVERY_BLOCK, 'dialog'))).toEqual([]);
  expect(JSON.stringify(cardToAdaptiveCard(EVERY_BLOCK, 'dialog'))).not.toContain('Action.Execute');
});

test('every control is sound, with and without faults', () => {
  const place = { in: 'message', asker: { id: 'x', name: 'Ada' } } as const;
  expect(cardFaults(formToAdaptiveCard(EVERY_CONTROL, place))).toEqual([]);
  expect(
    cardFaults(formToAdaptiveCard(EVERY_CONTROL, { ...place, in: 'dialog', errors: { name: 'no', x: 'y' } })),
  ).toEqual([]);
});

test('hostile strings come out as themselves, in runs that Teams does not read', () => {
  for (const text of HOSTILE) {
    const card: Card = {
      title: text,
      blocks: [
        { type: 'text', text },
        { type: 'heading', text },
        { type: 'note', text },
        { type: 'code', text },
        { type: 'facts', facts: [{ label: text, value: text }] },
        { type: 'table', columns: [{ title: text }], rows: [[text]] },
        { type: 'progress', items: [{ label: text, state: 'done', detail: text }] },
        { type: 'file', name: text, url: 'https://x.test', detail: text },
      ],
    };
    const drawn = cardToAdaptiveCard(card);
    expect(cardFaults(drawn)).toEqual([]);
    const json = JSON.stringify(drawn);
    // TextBlock, FactSet and mention entities are where Teams would read markdown and mentions.
    expect(json).not.toMatch(/"type":"(TextBlock|FactSet|mention)"/);
    expect(json).not.toMatch(/\{\{(DATE|TIME)/);
    expect(json).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\p{Cc}|\\u00/u);
    const form = formToAdaptiveCard(
      {
        command: 'x',
        title: text,
        submit: text,
        args: {},
        intro: text,
        fields: [
          { name: 's', label: text, required: true, control: { type: 'switch' }, hint: text },
          {
            name: 'c',
            label: text,
            required: true,
            control: { type: 'choice', options: [{ value: '1', label: text }] },
          },
        ],
      },
      { in: 'message', asker: { id: 'x', name: text }, errors: { s: text, form: text } },
    );
    expect(cardFaults(form)).toEqual([]);
    // The clients' own parser reads markdown in the title of a toggle.
    expect(JSON.stringify(form)).toContain('"title":"Yes"');
  }
});

test('a huge table fits a message, and the card says what is not there', () => {
  const rows = Array.from({ length: 900 }, (_, n) =>
    Array.from({ length: 20 }, (_, m) => `${n}/${m} ${'x'.repeat(80)}`),
  );
  const columns = Array.from({ length: 20 }, (_, n) => ({ title: `column ${n}` }));
  const card: Card = {
    title: 'R-1',
    blocks: [
      { type: 'table', columns, rows, total: 900, rest: 'the file has all' },
      { type: 'code', text: 'T | take 1\n'.repeat(3000) },
      { type: 'actions', buttons: [{ label: 'Run again', command: 'run', args: {}, opens: 'nothing' }] },
    ],
  };
  const drawn = cardToAdaptiveCard(card);
  expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(MAX_CARD_CHARACTERS);
  expect(checkActivity(JSON.stringify({ type: 'message', attachments: [attachment(drawn)] }))).toMatchObject({
    ok: true,
  });
  const raw = RawCard.parse(drawn);
  const texts = textsOf(raw);
  // Too wide for a card: read row by row, with every value under its column's name.
  expect(tablesOf(raw)).toEqual([]);
  const shown = texts.filter((text) => /^\d+\/0 x/.test(text));
  expect(shown.length).toBeGreaterThan(0);
  expect(texts.join('')).toContain(' · column 7 0/7 x');
  expect(
    texts.some((text) => text.startsWith(`${shown.length} of 900 rows; the file has all · 16 of 20 columns`)),
  ).toBe(true);
  expect(texts).toContain('[Run again]');
});

test('tables, facts and code keep their text', () => {
  const raw = RawCard.parse(cardToAdaptiveCard(EVERY_BLOCK));
  expect(tablesOf(raw)).toEqual([
    [
      ['Account', 'Count'],
      ['ada@example.org', '12'],
      ['ben@example.org', '3'],
    ],
  ]);
  expect(textsOf(raw)).toContain('SigninLogs\n| where ResultType != 0\n\u00a0\u00a0\u00a0\u00a0| take\u00a0\u00a010');
});

test('a choice among too many keeps the first and the chosen one, and says so', () => {
  const options = Array.from({ length: 400 }, (_, n) => ({ value: `Q-${n}`, label: `Query ${n}` }));
  const drawn = formToAdaptiveCard(
    {
      command: 'add',
      title: 'Add',
      submit: 'Add',
      args: {},
      fields: [{ name: 'q', label: 'Query', required: true, value: 'Q-399', control: { type: 'choice', options } }],
    },
    { in: 'message', asker: { id: 'x', name: 'Ada' } },
  );
  const raw = RawCard.parse(drawn);
  expect(inputsOf(raw)[0]?.choices).toHaveLength(151);
  expect(textsOf(raw).join()).toContain('151 of 400 shown');
});

function attachment(content: object): object {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
