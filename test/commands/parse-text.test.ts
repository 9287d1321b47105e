import { defineCommand } from '../../src/commands/define-command';
import { field } from '../../src/commands/field';
import { findCommand, parseText, stripAddress, tokenize } from '../../src/commands/parse-text';

const nothing = async () => ({ kind: 'nothing' }) as const;

const run = defineCommand({
  name: 'run',
  summary: 'runs',
  permission: 'hunt',
  input: {
    hunt: field.optional(field.hunt()),
    queries: field.optional(field.keys('query')),
    since: field.defaulting(field.span({ label: 'Since' }), '7d'),
    from: field.optional(field.instant({ label: 'From' })),
  },
  positional: ['hunt', 'queries'],
  run: nothing,
});
const kql = defineCommand({
  name: 'kql',
  summary: 'kql',
  permission: 'hunt',
  input: {
    kql: field.text({ label: 'KQL', max: 1000, lines: true, rest: true }),
    since: field.defaulting(field.span({ label: 'Since' }), '7d'),
  },
  positional: ['kql'],
  run: nothing,
});
const create = defineCommand({
  name: 'new',
  summary: 'new',
  permission: 'hunt',
  input: {
    name: field.text({ label: 'Name', max: 200, rest: true }),
    description: field.optional(field.text({ label: 'Description', max: 2000 })),
    all: field.flag({ label: 'All' }),
  },
  positional: ['name'],
  run: nothing,
});

function words(command: typeof run, text: string) {
  const parsed = parseText(command, text);
  return 'fault' in parsed ? parsed.fault : parsed.words;
}

describe('words of a line', () => {
  test.each([
    ['a b', ['a', 'b']],
    ['"a b" c', ['a b', 'c']],
    ['“curly quotes” c', ['curly quotes', 'c']],
    ['don’t stop', ['don’t', 'stop']],
    ['it\'s "never closed', ["it's", '"never', 'closed']],
    ['--name="two words" x', ['--name=two words', 'x']],
    ['   ', []],
  ])('%s', (text, expected) => {
    expect(tokenize(text).map((token) => token.word)).toEqual(expected);
  });
});

describe('flags and places', () => {
  test('a word that is no hunt is left to the queries', () => {
    expect(words(run, 'Q-1 Q-2 --since 30d')).toEqual({ queries: ['Q-1', 'Q-2'], since: ['30d'] });
    expect(words(run, 'H-3 Q-1')).toEqual({ hunt: ['H-3'], queries: ['Q-1'] });
  });

  test('flags stand anywhere, with = or without, with the dash a phone makes', () => {
    expect(words(run, '--since=30d H-3')).toEqual({ since: ['30d'], hunt: ['H-3'] });
    expect(words(run, 'H-3 —since 30d')).toEqual({ since: ['30d'], hunt: ['H-3'] });
  });

  test('a day and an hour are one value', () => {
    expect(words(run, '--from 2026-11-24 08:30 H-3')).toEqual({ from: ['2026-11-24', '08:30'], hunt: ['H-3'] });
  });

  test('an unknown flag and a stray word are told', () => {
    expect(words(run, '--sinse 3d')).toContain('There is no --sinse here');
    expect(words(run, 'banana')).toBe('“banana” does not fit here.');
    expect(words(create, 'My hunt --descripton x')).toContain('--description');
  });

  test('KQL keeps its spaces, lines, quotes and what looks like flags', () => {
    const text = 'T | where a == "x  y"\n| where b has "--since" // --note';
    expect(words(kql, `${text} --since 2d`)).toEqual({ kql: [text], since: ['2d'] });
  });

  test('a text flag takes words up to the next flag, a quoted one ends with its quote', () => {
    expect(words(create, 'My hunt --description several plain words --all')).toEqual({
      name: ['My hunt'],
      description: ['several', 'plain', 'words'],
      all: ['yes'],
    });
    expect(words(create, '--description "in quotes" My hunt')).toEqual({
      name: ['My hunt'],
      description: ['in quotes'],
    });
  });
});

test('the longest command name wins; an address in front is no word', () => {
  const commands = new Map([
    ['query', { name: 'query' }],
    ['query show', { name: 'query show' }],
  ]);
  expect(findCommand('query show Q-1', commands)).toEqual({ command: { name: 'query show' }, rest: 'Q-1' });
  expect(findCommand('Query  SHOW  Q-1', commands)?.rest).toBe('Q-1');
  expect(findCommand('query other', commands)).toEqual({ command: { name: 'query' }, rest: 'other' });
  expect(findCommand('nothing', commands)).toBeNull();
  expect(stripAddress('/hunt run H-1')).toBe('run H-1');
  expect(stripAddress('hunt run')).toBe('run');
  expect(stripAddress('! run')).toBe('run');
  expect(stripAddress('hunting')).toBe('hunting');
});

test('a field made by hand, an unknown positional and a bad name throw at load', () => {
  const byHand = { ...field.hunt() };
  const parts = { summary: '', permission: 'read' as const, run: nothing };
  expect(() => defineCommand({ ...parts, name: 'x', input: { hunt: byHand } })).toThrow('not made by field');
  expect(() => defineCommand({ ...parts, name: 'x', input: {}, positional: ['gone' as never] })).toThrow(
    'no field gone',
  );
  expect(() => defineCommand({ ...parts, name: 'X y z', input: {} })).toThrow('no command name');
});

test('names that every object has are no flags', () => {
  expect(parseText(run, 'H-1 --constructor x')).toEqual({ fault: expect.stringContaining('no --constructor') });
  expect(parseText(kql, 'T | where a == "--constructor x"')).toEqual({
    words: { kql: ['T | where a == "--constructor x"'] },
  });
  expect(parseText(kql, 'print x --constructor y')).toEqual({ words: { kql: ['print x --constructor y'] } });
});
