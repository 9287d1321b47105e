import type { AuditEntry } from '../../src/domain/audit-entry';
import type { Bookmark } from '../../src/domain/bookmark';
import type { Comment } from '../../src/domain/comment';
import type { Entity } from '../../src/domain/entity';
import type { Hunt } from '../../src/domain/hunt';
import type { LocalMessage } from '../../src/domain/local-message';
import { ConflictError, UserError } from '../../src/errors';
import type { Cell } from '../../src/ports/query-engine';
import type { ResultKey, Stores } from '../../src/ports/stores';

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const person = { platform: 'slack', tenant: 'T1', id: 'U1', name: 'Ana' } as const;

function hunt(number: number, more: Partial<Hunt> = {}): Omit<Hunt, 'version'> {
  return {
    id: `H-${number}`,
    number,
    name: `Hunt ${number}`,
    description: '',
    status: 'New',
    hypothesis: 'Unknown',
    tactics: [],
    techniques: [],
    labels: [],
    createdBy: person,
    createdAt: new Date(start + number * day),
    updatedAt: new Date(start + number * day),
    threads: [],
    threadKeys: [],
    cards: [],
    ...more,
  };
}

function comment(number: number, messageKey?: string): Omit<Comment, 'version'> {
  return {
    id: `C-${number}`,
    number,
    hunt: 'H-1',
    author: person,
    text: `comment ${number}`,
    createdAt: new Date(start),
    ...(messageKey === undefined ? {} : { messageKey }),
  };
}

function entity(number: number, value: string): Omit<Entity, 'version'> {
  const at = new Date(start);
  const lists = { identifiers: [], keys: [], hunts: ['H-1'], bookmarks: [] };
  const key = `URL|${value.toLowerCase()}`;
  return { id: `E-${number}`, number, type: 'URL', name: value, key, ...lists, createdAt: at, updatedAt: at };
}

function message(number: number, card: LocalMessage['card']): Omit<LocalMessage, 'version'> {
  const author = { id: 'bot', name: 'Talbot', bot: true };
  return {
    id: `m${number}`,
    number,
    channel: 'general',
    author,
    at: new Date(start),
    signs: [],
    ...(card === undefined ? {} : { card }),
  };
}

function bookmark(number: number, rows: Bookmark['rows']): Omit<Bookmark, 'version'> {
  return {
    id: `B-${number}`,
    number,
    hunt: 'H-1',
    name: 'rows',
    notes: '',
    tags: [],
    tactics: [],
    techniques: [],
    run: 'R-1',
    query: { id: 'Q-1', name: 'q', text: 'T' },
    engine: 'duckdb',
    from: new Date(start),
    to: new Date(start + day),
    asOf: new Date(start + day),
    columns: [{ name: 'a', type: 'dynamic' }],
    rowNumbers: rows.map((_, index) => index + 1),
    rows,
    hash: '',
    entities: [],
    createdBy: person,
    createdAt: new Date(start),
    updatedAt: new Date(start),
  };
}

function audit(number: number, more: Partial<AuditEntry> = {}): Omit<AuditEntry, 'version'> {
  const at = new Date(start + number * day);
  return { id: `a${number}`, at, actor: person, command: 'show', thread: 't', outcome: 'done', ...more };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What every store must do, in a `describe` of its own. `open` gives empty stores, each time others. */
export function storesContract(
  open: () => Promise<{ stores: Stores; reopen(): Promise<Stores>; close(): Promise<void> }>,
) {
  let opened: Awaited<ReturnType<typeof open>>;
  let stores: Stores;

  beforeAll(async () => {
    opened = await open();
    stores = opened.stores;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const collection of [stores.hunts, stores.comments, stores.entities, stores.audit, stores.bookmarks]) {
      for (const { id } of await collection.find({ limit: 10_000 })) await collection.remove(id);
    }
    for (const { id } of await stores.localMessages.find({ limit: 10_000 })) await stores.localMessages.remove(id);
  });

  describe('documents', () => {
    test('come back as they went in, dates as dates, optional fields missing', async () => {
      const full = hunt(1, { owner: person, closedAt: new Date(start + 5), labels: ['a', 'b'], because: 'so' });
      expect(await stores.hunts.insert(full)).toEqual({ ...full, version: 1 });
      const found = await stores.hunts.get('H-1');
      expect(found).toEqual({ ...full, version: 1 });
      expect(found?.closedAt).toBeInstanceOf(Date);

      await stores.hunts.insert(hunt(2));
      expect(Object.keys((await stores.hunts.get('H-2')) ?? {})).not.toContain('closedAt');
      expect(await stores.hunts.get('H-3')).toBeNull();
    });

    test('keep text and keys that databases dislike', async () => {
      const nasty = {
        'a.b': 1,
        $where: 'x',
        $date: 5,
        'nul\0key': '\0',
        __proto__x: true,
        lone: '\ud800 and \udc00',
        mark: '\u001a0000',
        emoji: '🐕',
        nested: [{ $gt: '' }, [null, false, 1.5, -0.25, 9007199254740991]],
        '': 'empty key',
      };
      await stores.localMessages.insert(message(1, nasty));
      expect((await stores.localMessages.get('m1'))?.card).toEqual(nasty);
      await stores.hunts.insert(hunt(1, { name: 'a\0b \ud800' }));
      expect((await stores.hunts.find({ where: { name: { is: 'a\0b \ud800' } } })).map(({ id }) => id)).toEqual([
        'H-1',
      ]);
    });

    test('keep the order of keys in free JSON', async () => {
      await stores.bookmarks.insert(bookmark(1, [[{ zebra: 1, ant: 2, Bee: { y: 1, x: 2 } }]]));
      const rows = (await stores.bookmarks.get('B-1'))?.rows;
      expect(JSON.stringify(rows)).toBe('[[{"zebra":1,"ant":2,"Bee":{"y":1,"x":2}}]]');
    });

    test('are refused when they do not fit the schema or a document', async () => {
      await expect(stores.hunts.insert(hunt(1, { number: 1.5 }))).rejects.toThrow(/hunts H-1 does not fit/);
      await expect(stores.bookmarks.insert(bookmark(1, [['x'.repeat(17_000_000)]]))).rejects.toThrow(UserError);
      expect(await stores.hunts.count()).toBe(0);
      expect(await stores.bookmarks.count()).toBe(0);
    });

    test('of several megabytes are fine', async () => {
      await stores.bookmarks.insert(bookmark(1, [['x'.repeat(6_000_000)]]));
      expect((await stores.bookmarks.get('B-1'))?.rows[0]?.[0]).toHaveLength(6_000_000);
    });

    test('survive a restart', async () => {
      await stores.hunts.insert(hunt(1, { name: 'kept' }));
      stores = await opened.reopen();
      expect((await stores.hunts.get('H-1'))?.name).toBe('kept');
    });
  });

  describe('writing', () => {
    test('an id that is taken is a conflict', async () => {
      await stores.hunts.insert(hunt(1));
      await expect(stores.hunts.insert(hunt(1, { name: 'second' }))).rejects.toThrow(ConflictError);
      expect((await stores.hunts.get('H-1'))?.name).toBe('Hunt 1');
    });

    test('a second writer on the same version is refused, and nothing of it is kept', async () => {
      const first = await stores.hunts.insert(hunt(1));
      const second = await stores.hunts.update({ ...first, name: 'first writer' });
      expect(second.version).toBe(2);
      await expect(stores.hunts.update({ ...first, name: 'second writer' })).rejects.toThrow(ConflictError);
      expect(await stores.hunts.get('H-1')).toEqual(second);
      expect((await stores.hunts.update({ ...second, name: 'again' })).version).toBe(3);
    });

    test('of ten concurrent writers one wins', async () => {
      const first = await stores.hunts.insert(hunt(1));
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) => stores.hunts.update({ ...first, name: `writer ${index}` })),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await stores.hunts.get('H-1'))?.version).toBe(2);
    });

    test('what was removed cannot be updated', async () => {
      const first = await stores.hunts.insert(hunt(1));
      expect(await stores.hunts.remove('H-1')).toBe(true);
      expect(await stores.hunts.remove('H-1')).toBe(false);
      await expect(stores.hunts.update(first)).rejects.toThrow(ConflictError);
    });

    test('an optional field can be taken away', async () => {
      const { because: _, ...rest } = await stores.hunts.insert(hunt(1, { because: 'reason' }));
      await stores.hunts.update(rest);
      expect(await stores.hunts.find({ where: { because: { missing: true } } })).toHaveLength(1);
    });

    test('a unique field is unique where it is there', async () => {
      await stores.comments.insert(comment(1, 'slack|T1|C1|1.2'));
      await expect(stores.comments.insert(comment(2, 'slack|T1|C1|1.2'))).rejects.toThrow(ConflictError);
      await stores.comments.insert(comment(3));
      await stores.comments.insert(comment(4));
      const third = await stores.comments.get('C-3');
      if (!third) throw new Error('missing');
      await expect(stores.comments.update({ ...third, messageKey: 'slack|T1|C1|1.2' })).rejects.toThrow(ConflictError);
      await stores.comments.remove('C-1');
      expect((await stores.comments.update({ ...third, messageKey: 'slack|T1|C1|1.2' })).version).toBe(2);
    });

    test('a unique field may be as long as a URL gets', async () => {
      const long = `https://example.test/${'Ab/'.repeat(20_000)}`;
      await stores.entities.insert(entity(1, long));
      await expect(stores.entities.insert(entity(2, long))).rejects.toThrow(ConflictError);
      await stores.entities.insert(entity(3, `${long}x`));
      expect(await stores.entities.find({ where: { key: { is: entity(1, long).key } } })).toHaveLength(1);
    });

    test('counters never give a number twice', async () => {
      const counter = `counter ${Math.random()}`;
      const numbers = await Promise.all(Array.from({ length: 50 }, () => stores.next(counter)));
      expect(new Set(numbers).size).toBe(50);
      expect(Math.min(...numbers)).toBe(1);
      expect(await stores.next(`${counter}\0'"$other`)).toBe(1);
    });
  });

  describe('finding', () => {
    async function ids(query: Parameters<Stores['hunts']['find']>[0]): Promise<string[]> {
      return (await stores.hunts.find(query)).map(({ id }) => id);
    }

    beforeEach(async () => {
      await stores.hunts.insert(
        hunt(1, { labels: ['red', 'blue'], status: 'Active', because: 'b', name: 'Übung 50%_.*' }),
      );
      await stores.hunts.insert(hunt(2, { labels: ['blue'], status: 'Closed', because: 'a', name: "O'Brien \\ (x)" }));
      await stores.hunts.insert(hunt(3, { threadKeys: ['slack|T1|C1|1', 'web||g|'], description: 'lateral movement' }));
    });

    test('by equality, one of several, and missing fields', async () => {
      expect(await ids({ where: { status: { is: 'Active' } } })).toEqual(['H-1']);
      expect(await ids({ where: { status: { oneOf: ['Active', 'Closed'] } } })).toEqual(['H-1', 'H-2']);
      expect(await ids({ where: { status: { oneOf: [] } } })).toEqual([]);
      expect(await ids({ where: { because: { missing: true } } })).toEqual(['H-3']);
      expect(await ids({ where: { id: { oneOf: ['H-3', 'H-1', 'H-9'] } } })).toEqual(['H-1', 'H-3']);
      expect(await ids({ where: { id: { is: 'H-2' } } })).toEqual(['H-2']);
      expect(await ids({ where: { number: { is: 2 }, status: { is: 'Active' } } })).toEqual([]);
    });

    test('members of lists', async () => {
      expect(await ids({ where: { labels: { is: 'blue' } } })).toEqual(['H-1', 'H-2']);
      expect(await ids({ where: { labels: { is: 'blu' } } })).toEqual([]);
      expect(await ids({ where: { labels: { oneOf: ['red', 'green'] } } })).toEqual(['H-1']);
      expect(await ids({ where: { labels: { contains: 'LU' } } })).toEqual(['H-1', 'H-2']);
      expect(await ids({ where: { threadKeys: { is: 'slack|T1|C1|1' } } })).toEqual(['H-3']);
    });

    test('names in any case, and what stands under them', async () => {
      await stores.hunts.insert(hunt(4, { techniques: ['T1110', 'T1059.001'], because: 'SigninLogs' }));
      await stores.hunts.insert(hunt(5, { techniques: ['T1110.003'], because: 'AADSigninLogs' }));
      expect(await ids({ where: { techniques: { under: ['t1110'] } } })).toEqual(['H-4', 'H-5']);
      expect(await ids({ where: { techniques: { under: ['T1110.003', 'T9'] } } })).toEqual(['H-5']);
      expect(await ids({ where: { techniques: { under: ['T1059', 'T1110.003'] } } })).toEqual(['H-4', 'H-5']);
      expect(await ids({ where: { techniques: { under: ['T111', 'T1110.00', '.*', '%'] } } })).toEqual([]);
      expect(await ids({ where: { techniques: { under: [] } } })).toEqual([]);
      expect(await ids({ where: { because: { under: ['signinlogs'] } } })).toEqual(['H-4']);
      expect(await ids({ where: { id: { under: ['h-4'] } } })).toEqual(['H-4']);
    });

    test('some of the fields alone', async () => {
      const whole = await stores.hunts.find({ where: { name: { contains: 'übung' } } });
      const picked = await stores.hunts.pick(['id', 'labels', 'createdAt', 'because', 'threads'], {
        where: { name: { contains: 'übung' } },
      });
      expect(picked).toEqual(
        whole.map(({ id, labels, createdAt, because, threads }) => ({
          id,
          labels,
          createdAt,
          threads,
          ...(because === undefined ? {} : { because }),
        })),
      );
      expect(picked).toHaveLength(1);
      expect(await stores.hunts.pick(['number'], { sort: [{ field: 'number', direction: 'down' }], limit: 1 })).toEqual(
        [{ number: 3 }],
      );
      await expect(stores.hunts.pick(["x' OR '1" as 'labels'])).rejects.toThrow(/has no field/);
    });

    test('tallies of a text and of a list', async () => {
      const blue = { value: 'blue', count: 2 };
      expect(await stores.hunts.tally(['labels', 'because'])).toEqual({
        labels: [blue, { value: 'red', count: 1 }],
        because: [
          { value: 'a', count: 1 },
          { value: 'b', count: 1 },
        ],
      });
      const closed = { where: { status: { is: 'Closed' as const } } };
      expect(await stores.hunts.tally(['labels'], closed)).toEqual({ labels: [{ value: 'blue', count: 1 }] });
      await stores.hunts.insert(hunt(4, { labels: ['twice', 'twice', 'nul \0'] }));
      expect(await stores.hunts.tally(['labels'], { search: { fields: ['name'], words: 'hunt 4' } })).toEqual({
        labels: [
          { value: 'nul \0', count: 1 },
          { value: 'twice', count: 1 },
        ],
      });
      await expect(stores.hunts.tally(["x' OR '1" as 'labels'])).rejects.toThrow(/has no field/);
    });

    test('the words of a search in just the fields that are kept together', async () => {
      const fields: ('name' | 'description' | 'id')[] = ['id', 'description', 'name'];
      expect(await ids({ search: { fields, words: 'ÜBUNG 50%_' } })).toEqual(['H-1']);
      expect(await ids({ search: { fields, words: 'lateral h-3' } })).toEqual(['H-3']);
      expect(await ids({ search: { fields, words: "o'brien \\" } })).toEqual(['H-2']);
      await stores.hunts.update({ ...(await held('H-3')), description: 'Nothing any more' });
      expect(await ids({ search: { fields, words: 'lateral' } })).toEqual([]);
      expect(await ids({ search: { fields, words: 'nothing' }, where: { description: { contains: 'ANY' } } })).toEqual([
        'H-3',
      ]);
    });

    async function held(id: string): Promise<Hunt> {
      const found = await stores.hunts.get(id);
      if (!found) throw new Error(`no ${id}`);
      return found;
    }

    test('ranges of dates and numbers', async () => {
      expect(await ids({ where: { createdAt: { least: new Date(start + 2 * day) } } })).toEqual(['H-2', 'H-3']);
      expect(await ids({ where: { createdAt: { below: new Date(start + 2 * day) } } })).toEqual(['H-1']);
      expect(
        await ids({ where: { createdAt: { least: new Date(start + 2 * day), below: new Date(start + 3 * day) } } }),
      ).toEqual(['H-2']);
      expect(await ids({ where: { createdAt: { is: new Date(start + 2 * day) } } })).toEqual(['H-2']);
      expect(await ids({ where: { number: { least: 2, below: 3 } } })).toEqual(['H-2']);
      expect(await ids({ where: { closedAt: { below: new Date(start + 900 * day) } } })).toEqual([]);
    });

    test('text inside text, where nothing is a pattern', async () => {
      expect(await ids({ where: { name: { contains: 'übung 50%' } } })).toEqual(['H-1']);
      for (const text of ['%', '_', '.*', '*'])
        expect(await ids({ where: { name: { contains: text } } })).toEqual(['H-1']);
      for (const text of ["'", '\\', '(x)', "o'b"])
        expect(await ids({ where: { name: { contains: text } } })).toEqual(['H-2']);
      for (const text of ['5.%', '^', '$1', '[0-9]', "' OR '1'='1", 'H|O']) {
        expect(await ids({ where: { name: { contains: text } } })).toEqual([]);
      }
      expect(await ids({ where: { name: { contains: '' } } })).toHaveLength(3);
    });

    test('search: each of the words in any of the fields', async () => {
      const fields: ('name' | 'description' | 'labels')[] = ['name', 'description', 'labels'];
      expect(await ids({ search: { fields, words: 'MOVEMENT  lateral' } })).toEqual(['H-3']);
      expect(await ids({ search: { fields, words: 'lateral hunt' } })).toEqual(['H-3']);
      expect(await ids({ search: { fields, words: 'lateral blue' } })).toEqual([]);
      expect(await ids({ search: { fields: [], words: 'lateral' } })).toEqual([]);
      expect(await ids({ search: { fields, words: 'blue' }, where: { status: { is: 'Closed' } } })).toEqual(['H-2']);
      expect(await ids({ search: { fields, words: '' } })).toHaveLength(3);
      expect(await ids({ search: { fields, words: '.*' } })).toEqual(['H-1']);
    });

    test('sorting, paging and counting', async () => {
      expect(await ids({ sort: [{ field: 'createdAt', direction: 'down' }] })).toEqual(['H-3', 'H-2', 'H-1']);
      expect(await ids({ sort: [{ field: 'because', direction: 'up' }] })).toEqual(['H-3', 'H-2', 'H-1']);
      expect(await ids({ sort: [{ field: 'because', direction: 'down' }] })).toEqual(['H-1', 'H-2', 'H-3']);
      expect(
        await ids({
          sort: [
            { field: 'hypothesis', direction: 'up' },
            { field: 'number', direction: 'down' },
          ],
        }),
      ).toEqual(['H-3', 'H-2', 'H-1']);
      expect(await ids({ sort: [{ field: 'number', direction: 'up' }], skip: 1, limit: 1 })).toEqual(['H-2']);
      expect(await ids({ limit: 0 })).toEqual([]);
      expect(await stores.hunts.count()).toBe(3);
      expect(await stores.hunts.count({ where: { labels: { is: 'blue' } } })).toBe(2);
    });

    test('at most a hundred where nothing else is said', async () => {
      await Promise.all(Array.from({ length: 120 }, (_, index) => stores.audit.insert(audit(index))));
      expect(await stores.audit.find()).toHaveLength(100);
      expect(await stores.audit.find({ limit: 500 })).toHaveLength(120);
    });

    test('names that are no fields never reach the database', async () => {
      const name: string = "name') OR true --";
      await expect(stores.hunts.find({ where: { [name]: { is: 'x' } } })).rejects.toThrow(/has no field/);
      await expect(stores.hunts.find({ where: { ['$where' as string]: { is: 'x' } } })).rejects.toThrow(/has no field/);
      await expect(stores.bookmarks.find({ where: { rows: { contains: 'x' } } })).rejects.toThrow(
        /cannot be looked into/,
      );
      await expect(stores.hunts.count({ where: { ['createdBy.name' as string]: { is: 'Ana' } } })).rejects.toThrow(
        /has no field/,
      );
    });

    test('what matches is removed together', async () => {
      expect(await stores.hunts.removeWhere({ createdAt: { below: new Date(start + 3 * day) } })).toBe(2);
      expect(await ids({})).toEqual(['H-3']);
    });
  });

  test('pictures of 1 MB are kept exactly, and cleared away by their age', async () => {
    const png = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 256)).toString('base64');
    const old = { id: 'a'.repeat(40), png, width: 1024, height: 640, drawnAt: new Date(start) };
    const fresh = { ...old, id: 'b'.repeat(40), drawnAt: new Date(start + 2 * day) };
    await stores.pictures.insert(old);
    await stores.pictures.insert(fresh);
    await expect(stores.pictures.insert(old)).rejects.toThrow(ConflictError);
    expect(await stores.pictures.get(old.id)).toEqual({ ...old, version: 1 });
    await expect(stores.pictures.find({ where: { png: { is: png } } })).rejects.toThrow(/cannot be looked into/);
    expect(await stores.pictures.removeWhere({ drawnAt: { below: new Date(start + day) } })).toBe(1);
    expect(await stores.pictures.get(old.id)).toBeNull();
    expect((await stores.pictures.get(fresh.id))?.png).toBe(png);
  });

  describe('result pages', () => {
    const key: ResultKey = { run: 'R-1', query: 'H-1/Q-1', attempt: 1 };
    const rows = (from: number, to: number): Cell[][] =>
      Array.from({ length: to - from }, (_, index) => [from + index, `row ${from + index}`]);

    afterEach(() => stores.results.removeRun('R-1'));

    test('come back in order, from any row', async () => {
      for (const page of [10, 0, 2, 1]) await stores.results.put(key, page, rows(page * 5, page * 5 + 5));
      expect((await collect(stores.results.read(key))).flat().map(([first]) => first)).toEqual(
        [0, 5, 10, 50].flatMap((first) => rows(first, first + 5).map(([cell]) => cell)),
      );
      expect((await collect(stores.results.read(key, 12))).flat()).toEqual([...rows(12, 15), ...rows(50, 55)]);
      expect(await stores.results.slice(key, 3, 4)).toEqual(rows(3, 7));
      expect(await stores.results.slice(key, 14, 100)).toEqual([...rows(14, 15), ...rows(50, 55)]);
      expect(await stores.results.slice(key, 500, 5)).toEqual([]);
      expect(await stores.results.slice(key, 0, 0)).toEqual([]);
    });

    test('keep every cell exactly', async () => {
      const cells: Cell[] = [
        null,
        true,
        -1.5,
        'nul\0 \ud800 \u001a0000',
        { 'a.b': [1], $x: null },
        [],
        '9223372036854775807',
      ];
      await stores.results.put(key, 0, [cells]);
      expect(await stores.results.slice(key, 0, 1)).toEqual([cells]);
    });

    test('a page written again replaces the first, whatever its size', async () => {
      // Text that does not compress, so that the first writing takes several parts.
      const wide: Cell[][] = Array.from({ length: 6 }, () => [randomText(4_000_000)]);
      await stores.results.put(key, 0, wide);
      expect(await stores.results.slice(key, 0, 10)).toEqual(wide);
      await stores.results.put(key, 0, rows(0, 3));
      expect(await stores.results.slice(key, 0, 10)).toEqual(rows(0, 3));
      await stores.results.put(key, 0, []);
      expect(await collect(stores.results.read(key))).toEqual([]);
    });

    test('of several thousand rows fit', async () => {
      const many: Cell[][] = Array.from({ length: 5_000 }, (_, index) => [index, 'x'.repeat(4_000)]);
      await stores.results.put(key, 0, many);
      expect(await stores.results.slice(key, 4_999, 1)).toEqual([many[4_999]]);
    });

    test('tries and queries do not mix, and a run is removed whole', async () => {
      await stores.results.put(key, 0, rows(0, 2));
      await stores.results.put({ ...key, attempt: 2 }, 0, rows(5, 6));
      await stores.results.put({ ...key, query: 'H-1/Q-2' }, 0, rows(7, 8));
      await stores.results.put({ ...key, run: 'R-10' }, 0, rows(9, 10));
      expect(await stores.results.slice({ ...key, attempt: 2 }, 0, 10)).toEqual(rows(5, 6));
      await stores.results.removeRun('R-1');
      expect(await stores.results.slice(key, 0, 10)).toEqual([]);
      expect(await stores.results.slice({ ...key, attempt: 2 }, 0, 10)).toEqual([]);
      expect(await stores.results.slice({ ...key, run: 'R-10' }, 0, 10)).toEqual(rows(9, 10));
      await stores.results.removeRun('R-10');
    });
  });
}

function randomText(length: number): string {
  let state = length;
  const codes = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    codes[index] = 33 + ((state >>> 25) % 90);
  }
  return Buffer.from(codes).toString('latin1');
}
