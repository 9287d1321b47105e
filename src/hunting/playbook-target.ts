import type { Context } from '../commands/context';
import { nameOf, thingsOf } from '../domain/entity-keys';
import type { PlaybookCall } from '../ports/playbooks';
import { findEntity } from './find-entity';
import { findIncident } from './incidents';

export type PlaybookTarget = PlaybookCall['target'] & { hunts: string[] };

/** The incident or entity of a key, as a playbook is told of it. */
export async function playbookTarget(ctx: Pick<Context, 'stores'>, key: string): Promise<PlaybookTarget> {
  if (key.startsWith('E-')) {
    const entity = await findEntity(ctx, key);
    const values = entity.identifiers.map((one) => ({ type: one.identifier, value: one.value }));
    return { key: entity.id, type: entity.type, title: entity.name, values, hunts: entity.hunts };
  }
  const incident = await findIncident(ctx, key);
  const bookmarks = await Promise.all(incident.bookmarks.map((one) => ctx.stores.bookmarks.get(one)));
  const named = [...bookmarks.flatMap((one) => one?.entities ?? []), ...incident.alerts.flatMap((one) => one.entities)];
  const values = new Map(
    thingsOf(named).map((thing) => [`${thing.type}|${nameOf(thing)}`, { type: thing.type, value: nameOf(thing) }]),
  );
  return {
    key: incident.id,
    type: 'Incident',
    title: incident.title,
    values: [...values.values()].slice(0, 200),
    hunts: incident.hunts,
  };
}
