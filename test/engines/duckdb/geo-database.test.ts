import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import type { Cell } from '../../../src/ports/query-engine';
import { makeFolder, removeFolders } from './log-folder';
import { mmdbFile } from './mmdb-file';

const clock = { now: () => new Date('2026-03-02T00:00:00Z') };
let engine: DuckdbEngine;
let folder: string;

beforeAll(async () => {
  folder = await makeFolder({
    'places.mmdb': mmdbFile({
      '203.0.114.0/24': {
        country: { names: { en: 'Norway' }, iso_code: 'NO' },
        subdivisions: [{ names: { en: 'Troms' } }],
        city: { names: { en: 'Tromsø' } },
        location: { latitude: 69.65, longitude: 18.96 },
      },
      '2a03:2880:0:0:0:0:0:0/32': { country: { names: { en: 'Ireland' } } },
    }),
    'broken.mmdb': 'nothing of the kind',
    'logs/Net.ndjson': '{"ip":"203.0.114.7"}\n{"ip":"10.0.0.1"}\n{"ip":"2a03:2880::1"}\n{"ip":"no address"}\n',
  });
  engine = await open('places.mmdb');
});

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

function open(database: string): Promise<DuckdbEngine> {
  return createDuckdbEngine({
    logs: path.join(folder, 'logs'),
    dataFolder: path.join(folder, 'data'),
    memoryLimit: '300MB',
    threads: 1,
    clock,
    geoDatabase: path.join(folder, database),
  });
}

test('an address gives what the database knows of it', async () => {
  const cells: Cell[][] = [];
  const text = 'Net | extend g = geo_info_from_ip_address(ip) | project ip, g, country = tostring(g.country)';
  const request = { text, asOf: clock.now(), limits: { rows: 10, milliseconds: 20_000 } };
  await engine.run(request, async ({ rows }) => void cells.push(...rows));
  expect(cells).toEqual([
    ['203.0.114.7', { country: 'Norway', state: 'Troms', city: 'Tromsø', latitude: 69.65, longitude: 18.96 }, 'Norway'],
    ['10.0.0.1', null, ''],
    ['2a03:2880::1', { country: 'Ireland' }, 'Ireland'],
    ['no address', null, ''],
  ]);
});

test('a file that is no such database is said when the engine starts', async () => {
  await expect(open('broken.mmdb')).rejects.toThrow(/TALBOT_GEO_DATABASE.*broken\.mmdb/);
});
