import type { Context } from '../commands/context';
import type { Bookmark } from '../domain/bookmark';
import type { Entity } from '../domain/entity';
import { strongKeys, thingsOf, weakKey } from '../domain/entity-keys';
import type { Finding, Investigation, Thing, Tie } from '../domain/investigation';
import { cellText } from '../views/cell-text';
import { findBookmark } from './find-bookmark';
import { findEntity } from './find-entity';
import { findIncident } from './incidents';

type Deps = Pick<Context, 'stores' | 'hunt'>;

/** A picture of more says nothing: the newest are taken, and the card says so. */
const mostBookmarks = 500;

/** What a hunt, a bookmark, an incident or an entity ties together; `left` says how many bookmarks were not looked at. */
export async function investigationOf(ctx: Deps, key: string): Promise<Investigation & { left: number }> {
  const { title, keys, alerts } = await scopeOf(ctx, key);
  const wanted = keys.slice(-mostBookmarks);
  const findings: Finding[] = [...alerts];
  const ties = new Map<string, Tie>();
  const entities = new Map<string, Entity>();
  for (let at = 0; at < wanted.length; at += 50) {
    const kept = await Promise.all(wanted.slice(at, at + 50).map((one) => ctx.stores.bookmarks.get(one)));
    for (const bookmark of kept) {
      if (!bookmark || bookmark.deletedAt) continue;
      findings.push(findingOf(bookmark));
      for (const entity of await entitiesOf(ctx, bookmark)) {
        entities.set(entity.id, entity);
        ties.set(`${bookmark.id} ${entity.id}`, {
          finding: bookmark.id,
          thing: entity.id,
          rows: rowsNaming(bookmark, entity),
        });
      }
    }
  }
  const indicators = await indicatorValues(ctx, [...entities.values()]);
  const things = [...entities.values()].map(
    (one): Thing => ({
      id: one.id,
      type: one.type,
      name: one.name,
      elsewhere: one.hunts.length > 1,
      indicator: indicators.has(one.name.toLowerCase()),
    }),
  );
  return { title, findings, things, ties: [...ties.values()], left: keys.length - wanted.length };
}

async function scopeOf(ctx: Deps, key: string): Promise<{ title: string; keys: string[]; alerts: Finding[] }> {
  if (key.startsWith('B-')) {
    const bookmark = await findBookmark(ctx, key);
    return { title: `${bookmark.id} ${bookmark.name}`, keys: [bookmark.id], alerts: [] };
  }
  if (key.startsWith('I-')) {
    const incident = await findIncident(ctx, key);
    const alerts = incident.alerts.slice(-20).map(
      (one): Finding => ({
        id: one.id,
        kind: 'alert',
        name: one.name,
        moments: [one.to],
        ...(incident.tactics[0] ? { tactic: incident.tactics[0] } : {}),
      }),
    );
    return { title: `${incident.id} ${incident.title}`, keys: incident.bookmarks, alerts };
  }
  if (key.startsWith('E-')) {
    const entity = await findEntity(ctx, key);
    return { title: `${entity.id} ${entity.name}`, keys: entity.bookmarks, alerts: [] };
  }
  const hunt = await ctx.hunt(key);
  const kept = await ctx.stores.bookmarks.pick(['id', 'number'], {
    where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 5000,
  });
  return { title: `${hunt.id} ${hunt.name}`, keys: kept.map((one) => one.id), alerts: [] };
}

function findingOf(bookmark: Bookmark): Finding {
  const at = bookmark.columns.findIndex((column) => column.name === bookmark.timeColumn);
  const times =
    at < 0 ? [] : bookmark.rows.map((row) => Date.parse(String(row[at] ?? ''))).filter((time) => !Number.isNaN(time));
  const moments =
    times.length > 0 ? times.map((time) => new Date(time)) : bookmark.eventTime ? [bookmark.eventTime] : [];
  return {
    id: bookmark.id,
    kind: 'bookmark',
    name: bookmark.name,
    moments,
    ...(bookmark.tactics[0] ? { tactic: bookmark.tactics[0] } : {}),
  };
}

async function entitiesOf(ctx: Deps, bookmark: Bookmark): Promise<Entity[]> {
  const keys = thingsOf(bookmark.entities)
    .flatMap((thing) => [...strongKeys(thing), weakKey(thing, bookmark.hunt)])
    .filter(Boolean);
  if (keys.length === 0) return [];
  return ctx.stores.entities.find({
    where: { bookmarks: { is: bookmark.id }, mergedInto: { missing: true } },
    limit: 200,
  });
}

/** Rows of the bookmark in which one of the entity's identifiers stands; at least one, because the bookmark says so. */
function rowsNaming(bookmark: Bookmark, entity: Entity): number {
  const parts = /^(?:UPNSuffix|NTDomain|DnsDomain|Directory|Hive|Algorithm)$/;
  const values = new Set(
    entity.identifiers.filter((one) => !parts.test(one.identifier)).map((one) => one.value.toLowerCase()),
  );
  values.add(entity.name.toLowerCase());
  const naming = bookmark.rows.filter((row) =>
    row.some((cell) => (Array.isArray(cell) ? cell : [cell]).some((one) => values.has(cellText(one).toLowerCase()))),
  );
  return Math.max(1, naming.length);
}

async function indicatorValues(ctx: Deps, entities: readonly Entity[]): Promise<Set<string>> {
  const found = new Set<string>();
  const names = entities.map((one) => one.name).slice(0, 1000);
  for (let at = 0; at < names.length; at += 100) {
    const some = await ctx.stores.indicators.pick(['value'], {
      where: { value: { oneOf: names.slice(at, at + 100) }, revokedAt: { missing: true } },
      limit: 100,
    });
    for (const one of some) found.add(one.value.toLowerCase());
  }
  return found;
}
