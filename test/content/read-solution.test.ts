import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSolution } from '../../src/content/read-solution';
import { readParser } from '../../src/content/readers/read-parser';
import { readRuleTemplate } from '../../src/content/readers/read-rule-template';
import { readWatchlist } from '../../src/content/readers/read-watchlist';

const root = mkdtempSync(path.join(tmpdir(), 'talbot-solution-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function solution(data: object): string {
  const folder = path.join(root, 'example');
  mkdirSync(path.join(folder, 'Data'), { recursive: true });
  writeFileSync(path.join(folder, 'Data', 'Solution_Example.json'), JSON.stringify({ Name: 'Example', ...data }));
  return folder;
}

test('a part that is not there, or lies outside the folder, is named', () => {
  expect(() => readSolution(solution({ Parsers: ['Parsers/No.yaml'] }))).toThrow('example/Parsers/No.yaml is named');
  writeFileSync(path.join(root, 'outside.yaml'), 'FunctionName: A\nFunctionQuery: T\n');
  expect(() => readSolution(solution({ Parsers: ['../outside.yaml'] }))).toThrow('is outside its solution');
  expect(() => readSolution(solution({ 'Hunting Queries': 7 }))).toThrow('is no solution: Hunting Queries');
});

test('a watchlist keeps quotes, commas and lines, and says what is wrong with it', () => {
  const about = { alias: 'A', searchKey: 'b' };
  const list = readWatchlist('\uFEFFa,b\r\n"x, ""y""\nz",1\n,2\n', about, 'A.csv');
  expect(list).toMatchObject({
    columns: ['a', 'b'],
    rows: [
      ['x, "y"\nz', '1'],
      ['', '2'],
    ],
    searchKey: 'b',
  });
  for (const [csv, why] of [
    ['a,A\n1,2\n', 'names a column twice'],
    ['a,c\n1,2\n', 'has no column b'],
    ['a,b\n1\n', 'row 1'],
    ['a,b\n"1"x,2\n', 'cannot be read as CSV'],
    ['', 'no line of column names'],
  ] as const)
    expect(() => readWatchlist(csv, about, 'A.csv')).toThrow(why);
});

test('a parser’s parameters become the text of a declaration', () => {
  const yaml = [
    'FunctionAlias: People',
    'FunctionQuery: T',
    'FunctionParams:',
    '  - { Name: since, Type: datetime, Default: "datetime(null)" }',
    '  - { Name: who, Type: string, Default: "*" }',
    '  - { Name: n, Type: long }',
  ].join('\n');
  expect(readParser(yaml, 'p.yaml').parameters).toBe('since:datetime=datetime(null), who:string="*", n:long');
  expect(() => readParser('FunctionName: a b\nFunctionQuery: T', 'p.yaml')).toThrow('is no name in KQL');
});

test('a rule’s durations are ISO 8601; a kind without a query is refused by name', () => {
  const yaml = (more: string) => `id: A\nname: N\nseverity: high\nquery: T\n${more}`;
  expect(
    readRuleTemplate(yaml('queryFrequency: 30m\nqueryPeriod: P1D\ntriggerOperator: gt\n'), 'r.yaml'),
  ).toMatchObject({
    severity: 'High',
    queryFrequency: 'PT30M',
    queryPeriod: 'P1D',
    triggerOperator: 'GreaterThan',
  });
  expect(() => readRuleTemplate(yaml('queryPeriod: soon\n'), 'r.yaml')).toThrow('is no duration');
  expect(() => readRuleTemplate(yaml('kind: Fusion\n'), 'r.yaml')).toThrow('Fusion');
});
