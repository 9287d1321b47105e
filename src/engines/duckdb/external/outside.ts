import type { Compiled } from '../../../kql/compile-input';
import { KqlError } from '../../../kql/kql-error';
import type { Stop } from '../run-statement';
import type { FetchFile } from './external-tables';
import type { ListedHosts } from './listed-hosts';

/** What the administrator lets queries read beyond the logs. */
export interface Outside {
  hosts: ListedHosts;
  /** There is a database of places. */
  geo: boolean;
  fetchFile(stop: Stop): FetchFile;
}

type Asked = Pick<Compiled, 'external' | 'geo'>;

const noGeo = 'geo_info_from_ip_address() needs a database of places: the setting TALBOT_GEO_DATABASE names none';

/** Throws a KqlError at the first thing that the query reads and may not. */
export function refuseMissing({ external = [], geo }: Asked, outside: Outside): void {
  for (const { urls, place } of external) {
    for (const url of urls) {
      const refusal = outside.hosts.refusal(url);
      if (refusal !== undefined) throw new KqlError('refused', `externaldata: ${refusal}`, place.start, place.length);
    }
  }
  if (geo && !outside.geo) throw new KqlError('refused', noGeo, geo.start, geo.length);
}

/** The same as sentences, for a query that is checked and does not run. */
export function missing({ external = [], geo }: Asked, outside: Outside): string[] {
  const refusals = external.flatMap(({ urls }) => urls.map((url) => outside.hosts.refusal(url)));
  const found = refusals.flatMap((one) => (one === undefined ? [] : [`It would not run: externaldata: ${one}.`]));
  if (geo && !outside.geo) found.push(`It would not run: ${noGeo}.`);
  return [...new Set(found)];
}
