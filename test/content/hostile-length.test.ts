import { legacyEntityMappings } from '../../src/content/legacy-entity-mappings';
import { readContentFile } from '../../src/content/readers/read-content-file';
import { readStixPattern } from '../../src/content/readers/stix-pattern';
import { textHash } from '../../src/content/text-hash';
import { blankQuoted, countQuery } from '../../src/engines/azure/query-text';

// Whatever takes the square of a length does not end within the test's time.
const long = 1_000_000;

function read(name: string, text: string) {
  return readContentFile(new TextEncoder().encode(text), name, { alone: true });
}

describe('no text takes the square of its length to read', () => {
  test.each([
    ['blank lines', '\n'.repeat(long)],
    ['blank lines in a fence', `\`\`\`\n${'\n'.repeat(long)}x\n\`\`\``],
    ['a heading of spaces', `# ${' '.repeat(long)}x\n`],
    ['a heading of marks', `# ${' #'.repeat(long / 2)}x\n`],
    ['brackets', '['.repeat(long)],
    ['addresses that do not end', '[a]('.repeat(long / 4)],
    ['a fence of spaces', `\`\`\`${' '.repeat(long)}\`x`],
    ['a hunt of ideas', `| hunt # |${'idea '.repeat(long / 5)}\n`],
    ['a hunt of dots', `| Hunt # | Idea | T |\n|---|---|---|\n| H1 | ${'.'.repeat(long)}x | T |\n`],
    ['an author of brackets', `| Hunt # | Idea | Submitter |\n|---|---|---|\n| H1 | abc | ${'['.repeat(long)}|\n`],
  ])('Markdown: %s', (_, text) => {
    expect(read('a.md', text).left.length + read('a.md', text).items.length).toBeGreaterThan(0);
  });

  test.each(['a.kql', 'a.txt'])('%s of blank lines', (name) => {
    expect(read(name, `a\n${'\n'.repeat(long)}x`)).toBeDefined();
    expect(legacyEntityMappings('\n'.repeat(long))).toEqual([]);
  });

  test.each([
    ['letters', 'a'.repeat(long)],
    ['objects', 'a:'.repeat(long / 2)],
    ['open lists', `[a:b = ${"('".repeat(long / 2)}`],
  ])('a pattern of %s', (_, pattern) => {
    expect(readStixPattern(pattern).indicators).toEqual([]);
  });

  test.each([
    ['escaped quotes', `"${'\\"'.repeat(long / 2)}`],
    ['escaped quotes and a broken line', `"${'\\"'.repeat(long / 2)}\\\n`],
    ['verbatim quotes', `@"${'""'.repeat(long / 2)}`],
    ['semicolons', `${';'.repeat(long)}x`],
    ['a long literal', `x("${'a'.repeat(long)}")`],
  ])('KQL: %s', (_, text) => {
    expect(textHash(text)).toMatch(/^[0-9a-f]{32}$/);
    expect(blankQuoted(text)).toHaveLength(text.length);
    expect(countQuery(text)).toMatch(/\| count$/);
  });

  test('YAML: many keys, and one that stands twice', () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `a${i}:\n`).join('');
    expect(read('a.yaml', `name: x\nquery: T\n${keys}`).items).toHaveLength(1);
    expect(read('a.yaml', 'name: x\nquery: T\nquery: U\n').left).toEqual([
      { name: '', why: 'is no YAML: the key “query” stands twice in one map' },
    ]);
    const [{ why } = { why: '' }] = read(
      'a.yaml',
      `name: x\nquery: T\nentityMappings:\n${'- 1\n'.repeat(20_000)}`,
    ).left;
    expect(why).toMatch(/; and \d+ more$/);
    expect(why.length).toBeLessThan(3000);
  });
});

test('keys that reach into every object are keys like others, or none', () => {
  const yaml = 'name: n\nquery: T\n__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n';
  expect(read('p.yaml', yaml).items).toHaveLength(1);
  const json =
    '{"type":"bundle","__proto__":{"polluted":1},"objects":[{"type":"indicator","__proto__":{"pattern":"x"}}]}';
  expect(read('p.json', json).items).toEqual([]);
  const list = read('Watchlists/p.csv', '__proto__,constructor\n1,2\n').items[0];
  expect(list).toMatchObject({ content: { columns: ['__proto__', 'constructor'], rows: [['1', '2']] } });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('a name as long as a file is refused', () => {
  for (const rule of ['', 'severity: High\n'])
    expect(read('n.yaml', `name: ${'n'.repeat(100_000)}\nquery: T\n${rule}`).left[0]?.why).toContain(
      'name: has more than 500 characters',
    );
});
