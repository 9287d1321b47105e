import { inlineContent } from '../../../src/engines/azure/inline-content';
import { withInlinedContent } from '../../../src/engines/azure/with-inlined-content';
import { createLogAnalyticsEngine } from '../../../src/engines/log-analytics/engine';
import type { ProvidedContent } from '../../../src/ports/query-engine';
import { laError, laTable, startFakeLogAnalytics } from '../../fakes/azure/fake-log-analytics';
import type { FakeAnswer } from '../../fakes/azure/start-http-fake';
import { staticCredential } from '../../fakes/azure/static-credential';
import { ask, asOf, clock, failure } from './ask-engine';

const content: ProvidedContent = {
  functions: [
    { name: 'Outer', parameters: '', body: 'let x = 1;\nInner | where a == x // the end' },
    { name: 'Inner', parameters: 'n:long=1', body: 'T | where n > 0' },
    { name: 'Unused', parameters: '', body: 'U' },
  ],
  watchlists: [
    {
      alias: 'Desks',
      searchKey: 'Account',
      columns: ['Why', 'Account'],
      rows: [['say "hi"\n', 'a\\b']],
      updatedAt: new Date('2026-01-02T00:00:00Z'),
    },
    { alias: 'Big', searchKey: 'A', columns: ['A'], rows: Array.from({ length: 40_000 }, (_, i) => [`row ${i}`]) },
  ],
};

function unresolved(line: number): FakeAnswer {
  const place = { line, pos: 8 };
  return laError(400, { code: 'BadArgumentError', message: 'no' }, { code: 'SEM0100', message: 'Failed', ...place });
}

test('what a query names goes before it, and what that names before that', () => {
  const { text, lines } = inlineContent('Outer\n| take 5', content);
  expect(text).toBe(
    [
      'let Inner_body = (n:long=1) {',
      'T | where n > 0',
      '}; let Inner = Inner_body();',
      'let Outer_body = () {',
      'let x = 1;',
      'Inner | where a == x // the end',
      '}; let Outer = Outer_body();',
      'Outer',
      '| take 5',
    ].join('\n'),
  );
  expect(lines).toEqual(['Inner', 'Inner', 'Inner', 'Outer', 'Outer', 'Outer', 'Outer']);
});

test('a function called with and without parentheses gets them everywhere', () => {
  const { text } = inlineContent('union Inner, (Inner(2)) // Inner', content);
  expect(text).toBe('let Inner = (n:long=1) {\nT | where n > 0\n};\nunion Inner(), (Inner(2)) // Inner');
});

test('a text that names none of it, or only in comments and strings, is sent as it is', () => {
  for (const text of ['T | take 1', '// Outer\nT', 'T | where a == "Outer"', `print "_GetWatchlist('Desks')"`])
    expect(inlineContent(text, content)).toEqual({ text, lines: [], tooLarge: [] });
});

test('a watchlist is a table of its rows, and what follows its call keeps its place', () => {
  const query = `_GetWatchlist( "Desks" ) | where SearchKey != ''`;
  const { text } = inlineContent(query, content);
  expect(text.split('\n')[0]).toBe(
    'let _wl1 = datatable(_DTItemId:string, LastUpdatedTimeUTC:datetime, SearchKey:string, ["Why"]:string, ["Account"]:string) ["Desks:1", datetime(2026-01-02T00:00:00.000Z), "a\\\\b", "say \\"hi\\"\\n", "a\\\\b"];',
  );
  const [, last = ''] = text.split('\n');
  expect(last.indexOf('| where')).toBe(query.indexOf('| where'));
  expect(inlineContent(`_GetWatchlist('Big')`, content)).toMatchObject({ lines: [], tooLarge: ['Big'] });
  expect(inlineContent(`_GetWatchlist('Theirs')`, content).text).toBe(`_GetWatchlist('Theirs')`);
});

test('on a workspace: sent along, counted along, and errors point into the person’s own text', async () => {
  const one = laTable(['n: long'], [[1]]);
  let answer: FakeAnswer = one;
  const fake = await startFakeLogAnalytics(() => answer);
  const credential = staticCredential();
  const plain = createLogAnalyticsEngine({ workspaceId: fake.workspaceId, endpoint: fake.url, credential, clock });
  const engine = withInlinedContent(plain);
  try {
    await ask(engine, 'Inner | take 1');
    expect(fake.queries().at(-1)?.text).toMatch(/;\nInner \| take 1$/);
    await engine.provide?.(content);
    await ask(engine, 'Inner | take 1');
    expect(fake.queries().at(-1)?.text).toContain('let Inner = Inner_body();\nInner | take 1');
    const { notes } = await ask(engine, `_GetWatchlist('Big')`);
    expect(notes.join()).toContain('Big is too large');
    answer = unresolved(6);
    expect(await failure(ask(engine, 'Inner\n| where nope > 1'))).toMatchObject({ at: [2, 9] });
    answer = unresolved(3);
    expect(await failure(ask(engine, 'Inner\n| where nope > 1'))).toMatchObject({
      at: [1, 1],
      message: expect.stringContaining('in Inner, which the query calls'),
    });
    answer = laTable(['Count: long'], [[7]]);
    expect(await engine.count?.({ text: 'Inner', asOf, limits: { rows: 1, milliseconds: 5000 } })).toBe(7);
    expect(fake.queries().at(-1)?.text).toMatch(/;\nInner\n\| count$/);
  } finally {
    await engine.close();
    await fake.close();
  }
});
