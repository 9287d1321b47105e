import type { Block, Card } from '../../src/chat/card';
import type { CardLimits } from '../../src/chat/card-limits';
import { headOf, splitText } from '../../src/chat/cut-text';
import { fitCard, measureCard } from '../../src/chat/fit';
import { cardToText } from '../../src/chat/plain-text';

const limits: CardLimits = {
  blocks: 50,
  size: 13_000,
  title: 150,
  heading: 150,
  text: 3000,
  note: 2000,
  code: 2900,
  facts: 10,
  factLabel: 100,
  factValue: 500,
  table: { rows: 20, columns: 5, cell: 60, title: 40 },
  progress: 30,
  progressDetail: 200,
  buttons: 5,
  buttonLabel: 75,
  buttonArgs: 1500,
  confirm: { title: 100, text: 300, yes: 30 },
  options: 10,
  optionLabel: 75,
  optionValue: 150,
  imageAlt: 500,
};

function card(...blocks: Block[]): Card {
  return { title: 'H-1 Odd logons', blocks };
}

function table(rows: number, columns: number, cell = 'x'): Block {
  return {
    type: 'table',
    columns: Array.from({ length: columns }, (_, index) => ({ title: `C${index}` })),
    rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)),
    rest: 'the file has all',
  };
}

function texts(fitted: Card): string {
  return fitted.blocks
    .flatMap((block) => (block.type === 'note' || block.type === 'text' ? [block.text] : []))
    .join('\n');
}

test('a card within the numbers stays as it is', () => {
  const small = card({ type: 'text', text: 'one' }, { type: 'divider' });
  expect(fitCard(small, limits)).toEqual(small);
});

test('a first heading that repeats the title is not shown twice', () => {
  const heading: Block = { type: 'heading', text: 'H-1  Odd logons ' };
  expect(fitCard(card(heading, { type: 'note', text: 'x' }), limits).blocks).toEqual([{ type: 'note', text: 'x' }]);
  expect(fitCard(card({ type: 'note', text: 'x' }, heading), limits).blocks.length).toBe(2);
});

test('rows, columns and cells that do not fit are named', () => {
  const fitted = fitCard(card({ ...table(30, 7, 'y'.repeat(70)), total: 812 } as Block), limits);
  expect(texts(fitted)).toContain('20 of 812 rows; the file has all');
  expect(texts(fitted)).toContain('5 of 7 columns; without C5, C6');
  expect(texts(fitted)).toContain('100 long values shortened');
});

test('a table that says how many rows there are gets its note though nothing was cut', () => {
  const fitted = fitCard(card({ ...table(3, 2), total: 812 } as Block), limits);
  expect(texts(fitted)).toBe('3 of 812 rows; the file has all');
});

test('long text goes on in a second block and loses nothing', () => {
  const text = 'word '.repeat(1500);
  const fitted = fitCard(card({ type: 'text', text }), limits);
  expect(fitted.blocks.length).toBe(3);
  expect(fitted.blocks.map((block) => (block.type === 'text' ? block.text : '')).join('')).toBe(text);
});

test('text too long for the whole message says by how much it was shortened', () => {
  const text = 'word '.repeat(8000);
  const fitted = fitCard(card({ type: 'text', text }, { type: 'actions', buttons: [button('Run')] }), limits);
  expect(measureCard(fitted).size).toBeLessThanOrEqual(limits.size);
  expect(texts(fitted)).toMatch(/text shortened by [\d,]+ characters/);
  expect(fitted.blocks.some((block) => block.type === 'actions')).toBe(true);
});

test('choices past the number are counted, and the chosen one stays', () => {
  const options = Array.from({ length: 22 }, (_, index) => ({ value: `v${index}`, label: `Choice ${index}` }));
  const fitted = fitCard(
    card({ type: 'select', field: 'query', label: 'Query', options, chosen: ['v20'], act: 'wait' }),
    limits,
  );
  const [select] = fitted.blocks;
  expect(select?.type === 'select' && select.options.map((option) => option.value)).toContain('v20');
  expect(select?.type === 'select' && select.options.length).toBe(10);
  expect(texts(fitted)).toBe('… and 12 more choices: narrow with words');
});

test('buttons past one block go on in the next; one that carries too much is named', () => {
  const buttons = [...Array.from({ length: 7 }, (_, index) => button(`B${index}`)), button('Huge', 'z'.repeat(2000))];
  const fitted = fitCard(card({ type: 'actions', buttons }), limits);
  expect(fitted.blocks.map((block) => (block.type === 'actions' ? block.buttons.length : block.type))).toEqual([
    5,
    2,
    'note',
  ]);
  expect(texts(fitted)).toContain('“Huge”');
});

test('more blocks than a message holds: dividers go first, then parts that are counted', () => {
  const blocks = Array.from({ length: 60 }, (_, index): Block => ({ type: 'text', text: `part ${index}` }));
  const fitted = fitCard(card({ type: 'divider' }, ...blocks, { type: 'actions', buttons: [button('Run')] }), limits);
  expect(fitted.blocks.length).toBeLessThanOrEqual(50);
  expect(texts(fitted)).toContain('12 more parts of this message left out');
  expect(fitted.blocks.some((block) => block.type === 'actions')).toBe(true);
});

test('lengths are counted as the platform counts them', () => {
  const escaped = { ...limits, length: (text: string) => text.replaceAll('&', '&amp;').length };
  const fitted = fitCard(card({ type: 'text', text: '&'.repeat(1000) }), escaped);
  expect(fitted.blocks.map((block) => (block.type === 'text' ? block.text.length : 0))).toEqual([600, 400]);
});

test('a mixed card is cut where it is largest', () => {
  const fitted = fitCard(
    card({ type: 'code', text: 'SigninLogs\n'.repeat(2000) }, table(20, 5, 'abc'), { type: 'note', text: 'kept' }),
    limits,
  );
  expect(measureCard(fitted).size).toBeLessThanOrEqual(limits.size);
  expect(fitted.blocks.find((block) => block.type === 'table')).toMatchObject({ rows: { length: 20 } });
  expect(texts(fitted)).toMatch(/code shortened by/);
});

test('no character is cut in two', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(headOf(`ab${family}`, 5)).toBe('ab');
  expect(headOf('e\u0301e\u0301', 3)).toBe('e\u0301');
  expect(headOf(`a${'\u0301'.repeat(500)}`, 10).length).toBe(10);
  for (const piece of splitText('😀'.repeat(100), 7)) expect(piece).toMatch(/^(😀)+$/u);
  expect(splitText(`${'a'.repeat(8)}\nb`, 9)).toEqual([`${'a'.repeat(8)}\n`, 'b']);
});

test('as text: every block leaves a trace, tables are aligned', () => {
  const text = cardToText(
    card(
      { type: 'facts', facts: [{ label: 'Status', value: 'active' }] },
      {
        type: 'table',
        columns: [{ title: 'Account' }, { title: 'Count', align: 'right' }],
        rows: [
          ['ada', '7'],
          ['日本', '12'],
        ],
        total: 40,
        rest: 'the file has all',
      },
      { type: 'progress', items: [{ label: 'Q-1', state: 'running', detail: '3 s' }] },
      { type: 'actions', buttons: [button('Run')] },
    ),
  );
  expect(text.split('\n')).toEqual([
    'H-1 Odd logons',
    'Status: active',
    'Account  Count',
    'ada          7',
    '日本        12',
    '2 of 40 rows; the file has all',
    'running · Q-1 · 3 s',
    '[Run]',
  ]);
});

function button(label: string, note = '') {
  return { label, command: 'run', args: { note }, opens: 'nothing' as const };
}
