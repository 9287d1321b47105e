import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import type { ScriptFunction } from '../../kql/functions/define-function';
import { geoScript } from '../../kql/functions/geo-info';

/** Answers kept: logs name the same addresses again and again. */
const kept = 50_000;

/**
 * `geo_info_from_ip_address()` on a MaxMind database of cities or countries (MMDB): JSON of `country`, `state`, `city`,
 * `latitude` and `longitude`, as far as it has them; null for an address that it does not know. Rejects where the file
 * is none.
 */
export async function openGeoDatabase(file: string): Promise<ScriptFunction> {
  const reader = await openReader(file);
  const known = new Map<string, string | null>();
  return {
    name: geoScript,
    parameters: ['VARCHAR'],
    returns: 'VARCHAR',
    run(address) {
      if (typeof address !== 'string') return null;
      const before = known.get(address);
      if (before !== undefined) return before;
      const found = whereabouts(reader, address.trim());
      if (known.size >= kept) known.clear();
      known.set(address, found);
      return found;
    },
  };
}

async function openReader(file: string): Promise<Reader<CityResponse>> {
  try {
    return new Reader<CityResponse>(await readFile(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`TALBOT_GEO_DATABASE: ${file} cannot be read as a MaxMind database: ${why}`);
  }
}

function whereabouts(reader: Reader<CityResponse>, address: string): string | null {
  const version = isIP(address);
  if (version === 0 || (version === 6 && reader.metadata.ipVersion === 4)) return null;
  const found = reader.get(address);
  if (!found) return null;
  const { country, subdivisions, city, location } = found;
  const places = {
    country: country?.names.en,
    state: subdivisions?.[0]?.names.en,
    city: city?.names.en,
    latitude: location?.latitude,
    longitude: location?.longitude,
  };
  const text = JSON.stringify(places);
  return text === '{}' ? null : text;
}
