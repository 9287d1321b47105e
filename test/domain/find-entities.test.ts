import { evidenceHash } from '../../src/domain/evidence-hash';
import { findEntities, mappingsFor, timeColumnOf } from '../../src/domain/find-entities';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'UserPrincipalName', type: 'string' },
  { name: 'Addresses', type: 'dynamic' },
  { name: 'Computer', type: 'string' },
];

test('a query’s own mappings win over the names of columns', () => {
  const declared = [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Addresses' }] }];
  expect(mappingsFor(columns, declared)).toEqual(declared);
  expect(
    mappingsFor(columns, [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Gone' }] }]).map(
      (one) => one.entityType,
    ),
  ).toEqual(['Account', 'Host']);
});

test('each value once, lists unfolded, empty ones left out', () => {
  const rows = [
    ['2026-11-24T00:00:00Z', 'Ada@x.example', ['192.0.2.1', '192.0.2.2'], ''],
    ['2026-11-24T00:00:00Z', 'ada@x.example', '192.0.2.1', null],
  ];
  const mappings = [
    { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
    { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Addresses' }] },
    { entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Computer' }] },
  ];
  expect(findEntities(columns, rows, mappings).map((one) => `${one.type} ${one.value}`)).toEqual([
    'Account ada@x.example',
    'IP 192.0.2.1',
    'IP 192.0.2.2',
  ]);
});

test('the time column is Sentinel’s, Defender’s, or the first datetime', () => {
  expect(timeColumnOf(columns)).toBe('TimeGenerated');
  expect(timeColumnOf([{ name: 'FirstSeen', type: 'datetime' }])).toBe('FirstSeen');
  expect(timeColumnOf([{ name: 'x', type: 'string' }])).toBeUndefined();
});

test('the hash of evidence: the order of keys does not matter, everything else does', () => {
  const one = evidenceHash(columns, [[{ a: 1, b: 2 }]]);
  expect(evidenceHash(columns, [[{ b: 2, a: 1 }]])).toBe(one);
  expect(evidenceHash(columns, [[{ a: 1, b: 3 }]])).not.toBe(one);
  expect(evidenceHash(columns.slice(1), [[{ a: 1, b: 2 }]])).not.toBe(one);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
});
