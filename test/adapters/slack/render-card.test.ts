import { cardToMessage } from '../../../adapters/slack/render-card';
import type { Block, Card } from '../../../src/chat/card';
import { refuseBlocks, refuseView } from '../../fakes/slack/block-rules';
import { exampleCard } from '../../fakes/slack/example-card';
import { wordsOf } from '../../fakes/slack/read-message';

const hostile = [
  '<!channel> <@U1> <https://evil.example|click>',
  '*bold* _x_ ~y~ `code` ```fence```',
  '&lt;!here&gt; &amp; & < >',
  ':wave: @channel @here #general',
  'https://evil.example/a?b=1&c=2',
  '\u202Etxt.exe\u0000\u200B',
  '👩‍👩‍👧‍👦'.repeat(2000),
  'e\u0301'.repeat(9000),
  'x'.repeat(50_000),
  '&<>'.repeat(20_000),
  '\n'.repeat(5000),
  '',
  ' ',
];

function everyBlock(text: string): Block[] {
  const option = { value: text, label: text };
  return [
    { type: 'heading', text },
    { type: 'text', text },
    { type: 'facts', facts: [{ label: text, value: text }] },
    {
      type: 'table',
      columns: [{ title: text }, { title: text, align: 'right' }],
      rows: [[text, text], [text]],
      total: 812,
      rest: text,
    },
    { type: 'code', text, language: 'kql' },
    { type: 'note', text },
    { type: 'progress', items: [{ label: text, state: 'running', detail: text }] },
    { type: 'image', alt: text, url: 'https://talbot.example/p/1.png' },
    { type: 'file', name: text, url: 'https://talbot.example/f/1', detail: text },
    {
      type: 'select',
      field: 'x',
      label: text,
      options: [option, { value: 'ok', label: 'ok' }],
      chosen: [text],
      act: 'wait',
    },
    { type: 'select', field: 'y', label: text, options: [option], act: { command: 'x', args: { text } } },
    {
      type: 'actions',
      buttons: [
        { label: text, command: 'run', args: { text }, opens: 'nothing', confirm: { title: text, text, yes: text } },
      ],
    },
    { type: 'divider' },
  ];
}

test.each(hostile.map((text) => [JSON.stringify(text.slice(0, 30)), text]))(
  'Slack takes a card full of %s',
  (_, text) => {
    for (const surface of ['message', 'home'] as const) {
      const message = cardToMessage({ title: text, blocks: everyBlock(text) }, { surface });
      const refused =
        surface === 'home'
          ? refuseView({ type: 'home', blocks: message.blocks }, 'home')
          : refuseBlocks(message.blocks);
      expect(refused).toBeUndefined();
      expect(message.text).not.toMatch(/[<>]/);
      expect(JSON.stringify(message.blocks)).not.toMatch(/"mrkdwn"|"type":"(link|user|broadcast|channel|emoji)"/);
    }
  },
);

test('a card of everything is shown whole', () => {
  const message = cardToMessage(exampleCard);
  expect(refuseBlocks(message.blocks)).toBeUndefined();
  expect(wordsOf(message as never)).toMatchSnapshot();
});

test('a large result is cut to what Slack takes, and says so', () => {
  const columns = Array.from({ length: 30 }, (_, index) => ({ title: `Column${index}` }));
  const rows = Array.from({ length: 500 }, () => columns.map((_, index) => `value ${index}`));
  const message = cardToMessage({
    title: 'R-1',
    blocks: [{ type: 'table', columns, rows, total: 812, rest: 'the file has all' }],
  });
  expect(refuseBlocks(message.blocks)).toBeUndefined();
  const words = wordsOf(message as never);
  expect(words).toMatch(/\d+ of 812 rows; the file has all/);
  expect(words).toMatch(/20 of 30 columns; without Column20/);
});

test('a second table is set in monospace, for Slack takes one', () => {
  const table: Block = { type: 'table', columns: [{ title: 'A' }, { title: 'B', align: 'right' }], rows: [['x', '1']] };
  const { blocks } = cardToMessage({ title: 'Two', blocks: [table, table] });
  expect(blocks.map((block) => block.type)).toEqual(['header', 'table', 'rich_text']);
});

test('a select whose press does not fit its id gets a button', () => {
  const act = { command: 'results', args: { filter: 'f'.repeat(400) } };
  const card: Card = {
    title: 'x',
    blocks: [{ type: 'select', field: 'page', label: 'Page', options: [{ value: '1', label: '1' }], act }],
  };
  const { blocks } = cardToMessage(card);
  expect(refuseBlocks(blocks)).toBeUndefined();
  expect(blocks.map((block) => block.type)).toEqual(['header', 'section', 'actions']);
});

test('a picture that Slack cannot fetch is named', () => {
  const blocks: Block[] = [{ type: 'image', alt: 'A graph', url: 'http://127.0.0.1:3978/p/1.png' }];
  expect(wordsOf(cardToMessage({ title: 'x', blocks }) as never)).toContain('[picture: A graph]');
});
