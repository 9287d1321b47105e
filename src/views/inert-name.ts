import { recogniseIndicator } from '../domain/recognise-indicator';
import { defang } from './defang';
import { inertValue } from './indicator-card';

/** What an entity is called, so that no client makes a link of it: public addresses and domains as `203[.]0[.]113[.]66`, the rest as it is. */
export function inertName(name: string): string {
  const read = recogniseIndicator(name);
  if ('fault' in read || read.caution || !['ipv4-addr', 'domain-name', 'url'].includes(read.kind)) return defang(name);
  return read.kind === 'url' ? inertValue(read) : name.replaceAll('.', '[.]');
}
