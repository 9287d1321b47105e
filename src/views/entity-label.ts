import type { EntityValue } from '../domain/bookmark';
import { nameOf, thingsOf } from '../domain/entity-keys';
import { defang } from './defang';

/** `Account ada@fernhill.example`: each thing that values name, once. */
export function entityLabels(values: readonly EntityValue[]): string[] {
  const labels = thingsOf(values).flatMap((thing) => {
    const name = nameOf(thing);
    return name === '' ? [] : [`${thing.type} ${defang(name)}`];
  });
  return [...new Set(labels)];
}
