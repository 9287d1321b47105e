import { compile } from '../../src/kql/compile';

function renderOf(words: string) {
  const tables = [
    {
      name: 'T',
      columns: [
        { name: 'a b', type: 'long' as const },
        { name: 'c', type: 'long' as const },
      ],
    },
  ];
  return compile({ text: `T | render ${words}`, tables, now: 0n }).render;
}

test.each([
  ['timechart', { chart: 'timechart', properties: {} }],
  ['columnchart kind=stacked', { chart: 'columnchart', properties: { kind: 'stacked' } }],
  [
    `linechart with (ycolumns=['a b'], c, title="say \\"no\\"", ymin=-1.5)`,
    { chart: 'linechart', properties: { ycolumns: "['a b'], c", title: 'say "no"', ymin: '-1.5' } },
  ],
  [`piechart with (title=@'C:\\logs' " and more")`, { chart: 'piechart', properties: { title: 'C:\\logs and more' } }],
])('render %s', (words, expected) => {
  expect(renderOf(words)).toEqual(expected);
});
