import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const texts = [
  '""',
  '"bypass hidden"',
  '"BYPASS -Hidden encodedcommand"',
  '"bypassed hiddens"',
  '"encodedcommand"',
  '"x bypass"',
  '"hidden.bypass"',
  '"éa bypass ÉA"',
];
const table = `datatable(n: int, t: string, d: dynamic)[${texts.map((text, i) => `${i}, ${text}, ${i % 3 === 0 ? 'dynamic(null)' : `dynamic(${text})`}`).join(', ')}]`;
const conditions = [
  't has "bypass"',
  't !has "hidden"',
  't contains "BYPASS"',
  't !contains "ncoded"',
  't contains_cs "hidden"',
  't startswith "bypass"',
  't startswith_cs "bypass"',
  't endswith "hidden"',
  't !endswith "A"',
  't hasprefix "hidd"',
  't hassuffix "pass"',
  't has_any ("hidden", "encodedcommand")',
  't has_all ("bypass", "hidden")',
  't has_all (".", "-")',
  't contains ""',
  'd has "bypass"',
  'd !contains "hidden"',
  'd contains "encoded"',
  '* has "bypass"',
  '(t has "x" or t has "hidden")',
  't matches regex "b.p"',
  'n > 1',
];

describe('conditions that and, or one where behind another, put beside each other', () => {
  it('hold for the rows for which each holds alone', async () => {
    const columns = conditions.map((condition, i) => `c${i} = ${condition}`).join(', ');
    const alone = await kql.rows(`${table} | project n, ${columns}`);
    const expected = (wanted: number[]) =>
      alone.filter((row) => wanted.every((i) => row[i + 1] === true)).map((row) => row[0]);
    const pairs = conditions.flatMap((_, a) => conditions.slice(a + 1).map((_, i) => [a, a + 1 + i]));
    const triples = pairs
      .filter((_, i) => i % 9 === 0)
      .map(([a = 0, b = 0]) => [a, b, (a * 7 + b * 5) % conditions.length]);
    const told = triples.map((three) => three.map((i) => conditions[i] ?? ''));
    const counts = async (filter: (three: string[]) => string) => {
      const union = told.map((three, i) => `(T | where ${filter(three)} | project q = ${i}, n)`).join(', ');
      const rows = await kql.rows(`let T = ${table}; union ${union}`);
      return triples.map((_, i) =>
        rows
          .filter((row) => row[0] === i)
          .map((row) => row[1])
          .sort(),
      );
    };
    const answers = triples.map(expected);
    expect(await counts((three) => three.join(' and '))).toEqual(answers);
    expect(await counts((three) => three.join(' | where '))).toEqual(answers);
    expect(await counts(([a, b, c]) => `${a} and (${b} and ${c})`)).toEqual(answers);
  });

  it('search a text once, for what is likely the rarest', () => {
    const { sql } = kql.compile(`${table} | where t contains "ab" and t contains "abcdef" | where t !contains "c"`);
    expect(sql).toMatch(/CASE WHEN contains\(lower\("t"\), 'abcdef'\) THEN contains\(lower\("t"\), 'ab'\) AND \(NOT /);
  });
});
