import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

const graph = `let hosts = datatable(host:string, zone:string, risk:long)["web","dmz",3, "app","in",2, "db","in",9, "pc","office",1];
let calls = datatable(src:string, dst:string, port:long)["pc","web",443, "web","app",8080, "app","db",5432, "web","db",22, "db","app",9, "lone","lone",1];
let G = calls | make-graph src --> dst with hosts on host;`;

async function rows(text: string): Promise<string[]> {
  return (await kql.rows(`${graph} ${text}`)).map((row) => JSON.stringify(row)).sort();
}

describe('graph-match', () => {
  it('finds paths of fixed length, in both directions', async () => {
    expect(
      await rows(
        'G | graph-match (a)-[x]->(b)-[y]->(c) where a.zone == "office" project a.host, b.host, x.port, c = c.host',
      ),
    ).toEqual(['["pc","web",443,"app"]', '["pc","web",443,"db"]']);
    expect(await rows('G | graph-match (a)<-[x]-(b) where a.host == "db" project b.host')).toEqual([
      '["app"]',
      '["web"]',
    ]);
    expect(await rows('G | graph-match (a)-[x]-(b) where a.host == "app" project b.host, x.port')).toEqual([
      '["db",5432]',
      '["db",9]',
      '["web",8080]',
    ]);
    expect(await rows('G | graph-match (a)--(b) where a.host == "lone" project b.host, b.zone, b.risk')).toEqual([
      '["lone","",null]',
    ]);
  });

  it('joins sequences at the nodes that they share', async () => {
    expect(
      await rows('G | graph-match (a)-->(b), (c)-->(b) where a.host == "web" and c.host == "app" project b.host'),
    ).toEqual(['["db"]']);
  });

  it('walks edges of variable length and gathers what lies on the way', async () => {
    const match = 'graph-match (a)-[e*1..3]->(b) where a.host == "pc" and b.host == "db"';
    expect(
      await rows(
        `G | ${match} project ports = e.port, inner = map(inner_nodes(e), host), n = array_length(map(e, dst))`,
      ),
    ).toEqual(['[[443,22],["web"],2]', '[[443,8080,5432],["web","app"],3]']);
    const backwards = 'graph-match (b)<-[e*1..3]-(a) where b.host == "db" and a.host == "pc"';
    expect(await rows(`G | ${backwards} project ports = e.port`)).toEqual(['[[22,443]]', '[[5432,8080,443]]']);
    expect(
      await rows(
        'G | graph-match (a)-[e*1..3]->(b) where b.host == "db" and b.risk > 8 and strlen(a.zone) == 6 project e.port',
      ),
    ).toEqual(['[[443,22]]', '[[443,8080,5432]]']);
  });

  it('asks all or any of the edges and inner nodes', async () => {
    const match = 'G | graph-match (a)-[e*1..3]->(b) where a.host == "pc" and b.host == "db" and';
    expect(await rows(`${match} all(e, port > 100) project e.port`)).toEqual(['[[443,8080,5432]]']);
    expect(await rows(`${match} any(e, port == 22) project e.port`)).toEqual(['[[443,22]]']);
    expect(await rows(`${match} all(inner_nodes(e), zone == "dmz") project e.port`)).toEqual(['[[443,22]]']);
    expect(await rows(`${match} not(any(inner_nodes(e), risk == 2)) project e.port`)).toEqual(['[[443,22]]']);
  });

  it('keeps cycles as it is told', async () => {
    const counted = async (cycles: string) =>
      (await kql.rows(`${graph} G | graph-match ${cycles} (a)-[e*1..4]->(b) where a.host == "app" project e.port`))
        .length;
    expect(await counted('cycles=none')).toBe(1);
    expect(await counted('cycles=unique_edges')).toBe(2);
    expect(await counted('')).toBe(2);
    expect(await counted('cycles=all')).toBe(4);
    expect(await rows('G | graph-match cycles=none (a)-->(b)-->(a) project a.host')).toEqual([]);
    expect(await rows('G | graph-match (a)-->(b)-->(a) where a.host != "lone" project a.host')).toEqual([
      '["app"]',
      '["db"]',
    ]);
  });

  it('takes names that look like parts of the query for what they are', async () => {
    expect(await rows('G | graph-match (a)-[e*1..2]->(b) where a.host == "n0.\\"kql:id\\" \'" project b.host')).toEqual(
      [],
    );
  });

  it('knows ids and degrees', async () => {
    expect(
      await rows(
        'G | graph-match (a)-->(b) where node_degree_in(b) == 2 and node_id(a) == "web" project node_id(b), node_degree_out(a)',
      ),
    ).toEqual(['["app",2]', '["db",2]']);
  });

  it('refuses what is no graph, and paths beyond all bounds', async () => {
    expect(kql.refusal(`${graph} calls | make-graph src --> dst`)).toMatchObject({
      message: expect.stringContaining('graph'),
    });
    const dense =
      'let E = range a from 1 to 60 step 1 | extend k = 1 | join kind=inner (range b from 1 to 60 step 1 | extend k = 1) on k';
    await expect(
      kql.rows(`${dense}; E | make-graph a --> b with_node_id=n | graph-match (x)-[e*1..9]->(y) project x.n`),
    ).rejects.toThrow('paths are under way');
  });
});

describe('other operators of graphs', () => {
  it('finds shortest paths', async () => {
    const match = '(a)-[e*1..5]->(b) where a.host == "pc" and b.risk > 1 project b.host, e.port';
    expect(await rows(`G | graph-shortest-paths ${match}`)).toEqual([
      '["app",[443,8080]]',
      '["db",[443,22]]',
      '["web",[443]]',
    ]);
  });

  it('marks components, weak and strong', async () => {
    const marked = async (kind: string) =>
      rows(
        `G | graph-mark-components ${kind} with_component_id=c | graph-to-table nodes | summarize hosts = array_sort_asc(make_list(host)) by c | project hosts`,
      );
    expect(await marked('')).toEqual(['[["app","db","pc","web"]]', '[["lone"]]']);
    expect(await marked('kind=strong')).toEqual(['[["app","db"]]', '[["lone"]]', '[["pc"]]', '[["web"]]']);
  });

  it('gives nodes and edges back as tables', async () => {
    expect(
      await rows('G | graph-to-table edges with_source_id=s | where s > 0 and port > 1000 | project port'),
    ).toEqual(['[5432]', '[8080]']);
    expect(await rows('G | graph-to-table nodes with_node_id=id | where id > 0 | project host, zone')).toEqual([
      '["app","in"]',
      '["db","in"]',
      '["lone",""]',
      '["pc","office"]',
      '["web","dmz"]',
    ]);
    expect(kql.refusal(`${graph} G | graph-where-nodes true`)).toMatchObject({ code: 'unsupported' });
  });
});
