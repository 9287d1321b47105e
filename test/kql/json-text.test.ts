import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const texts = `let T = datatable(n:long, s:string)[1, '{"a": {"b": "x", "c": 5}, "l": [1, null, "z"]}', 2, 'no json', 3, '', 4, 'null', 5, '"text"', 6, '{"a": null}', 7, '[{"b": 1}]'];`;

describe('a path into a parsed text', () => {
  it('reads the text directly, and gives what the parsed value gives', async () => {
    const parts = 'a.b, a.c, l[0], l[1], l[-1], [0].b'
      .split(', ')
      .map((path) => (path.startsWith('[') ? path : `.${path}`));
    for (const path of parts) {
      const direct = `${texts} T | project n, v = parse_json(s)${path}, t = tostring(parse_json(s)${path}), h = parse_json(s)${path} has "x", e = parse_json(s)${path} == "x", i = tolong(parse_json(s)${path}) | sort by n asc`;
      const parsed = `${texts} T | project n, p = dynamic_to_json(parse_json(s)) | extend p = parse_json(p) | project n, v = p${path}, t = tostring(p${path}), h = p${path} has "x", e = p${path} == "x", i = tolong(p${path}) | sort by n asc`;
      expect(await kql.rows(direct)).toEqual(await kql.rows(parsed));
    }
    expect(kql.compile(`${texts} T | where parse_json(s).a.b == "x"`).sql).not.toContain('kql_text_json');
  });

  it('reads it through a column too, as long as the text stands beside it', async () => {
    const sql = (steps: string) => kql.compile(`${texts} T | extend p = parse_json(s) ${steps}`).sql;
    expect(sql('| where n > 0 | project v = p.a.b')).toContain('kql_text_get');
    expect(sql('| extend s = "other" | project v = p.a.b')).not.toContain('kql_text_get');
    const value = (steps: string) => kql.rows(`${texts} T | where n == 1 | extend p = parse_json(s) ${steps}`);
    expect(await value('| project v = p.a.b')).toEqual([['x']]);
    expect(await value('| extend s = "other" | project v = p.a.b')).toEqual([['x']]);
    expect(await value('| extend s = "{}", q = p.a.b | project v = p.a.b, q')).toEqual([['x', 'x']]);
    expect(await value('| project-away s | project v = p.a.b')).toEqual([['x']]);
    expect(await value('| project-rename t = s | project-rename s = n | project v = p.a.b')).toEqual([['x']]);
    expect(await value('| project p, s = "{}" | extend w = 1 | project v = p.a.b')).toEqual([['x']]);
    expect(await value('| parse "a=1" with "a=" s | project v = p.a.b, s')).toEqual([['x', '1']]);
    expect(await value('| join kind=inner (print n = 1, s = "{}") on n | project v = p.a.b')).toEqual([['x']]);
    expect(await value('| mv-expand s = dynamic([1, 2]) | project v = p.a.b')).toEqual([['x'], ['x']]);
    expect(await value('| mv-apply e = p.l on (where isnotnull(e) | project e, v = p.a.b) | project v')).toEqual([
      ['x'],
      ['x'],
    ]);
    expect(await value('| as U | union (U | extend s = "{}") | project v = p.a.b')).toEqual([['x'], ['x']]);
  });
});
