import { field } from '../../src/commands/field';
import { huntFields } from '../../src/commands/hunt-fields';
import { nearest } from '../../src/commands/nearest';
import { cleanKql } from '../../src/commands/query-fields';
import { parseRowNumbers } from '../../src/domain/row-numbers';

test.each([
  [field.span({ label: 'Since' }), ['7d'], { value: 604_800_000 }],
  [field.span({ label: 'Since' }), ['7'], { fault: expect.stringContaining('not a span') }],
  [field.span({ label: 'Since' }), ['99999d'], { fault: expect.stringContaining('ten years') }],
  [field.choice({ label: 'Status', options: ['New', 'Active', 'Approved'] }), ['active'], { value: 'Active' }],
  [
    field.choice({ label: 'Status', options: ['New', 'Active', 'Approved'] }),
    ['a'],
    { fault: expect.stringContaining('not one of new, active, approved') },
  ],
  [field.choice({ label: 'Status', options: ['New', 'Active', 'Approved'] }), ['ac'], { value: 'Active' }],
  [field.key('run'), ['r1'], { value: 'R-1' }],
  [field.key('query'), ['h-1/q-2'], { value: 'H-1/Q-2' }],
  [field.key('query'), ['H-1/../Q-2'], { fault: expect.stringContaining('not a query key') }],
  [field.keys('query'), ['Q-1,Q-2', 'q3'], { value: ['Q-1', 'Q-2', 'Q-3'] }],
  [field.instant({ label: 'From' }), ['2026-11-24'], { value: new Date('2026-11-24T00:00:00Z') }],
  [field.instant({ label: 'From' }), ['2026-11-24', '08:30'], { value: new Date('2026-11-24T08:30:00Z') }],
  [field.instant({ label: 'From' }), ['2026-11-24T08:30:00+01:00'], { value: new Date('2026-11-24T07:30:00Z') }],
  [field.instant({ label: 'From' }), ['2026-13-24'], { fault: expect.stringContaining('not a time') }],
  [field.whole({ label: 'Page', least: 1, most: 9 }), ['10'], { fault: expect.stringContaining('from 1 to 9') }],
  [field.flag({ label: 'All' }), undefined, { value: false }],
  [field.flag({ label: 'All' }), ['perhaps'], { fault: expect.stringContaining('neither') }],
  [field.text({ label: 'Name', max: 3 }), ['long'], { fault: 'Name has 4 characters; at most 3 are kept.' }],
  [field.optional(field.key('run')), ['  '], { value: undefined }],
  [field.defaulting(field.whole({ label: 'Page', least: 1, most: 9 }), '1'), undefined, { value: 1 }],
  [huntFields.tactics(), ['Credential Access, lateral-movement'], { value: ['CredentialAccess', 'LateralMovement'] }],
  [huntFields.tactics(), ['Cooking'], { fault: expect.stringContaining('no ATT&CK tactic') }],
  [huntFields.techniques(), ['t1059.001 T1110'], { value: ['T1059.001', 'T1110'] }],
  [
    huntFields.entities(),
    ['account=Account, host.HostName=Computer'],
    {
      value: [
        { type: 'account', identifier: undefined, column: 'Account' },
        { type: 'host', identifier: 'HostName', column: 'Computer' },
      ],
    },
  ],
])('field %#', (one, words, expected) => {
  expect(one.read(words)).toEqual(expected);
});

test.each([
  ['1,3-5', [1, 3, 4, 5]],
  ['#2 2', [2]],
  ['3–4', [3, 4]],
  ['0', null],
  ['5-3', null],
  ['1-999999999', null],
  ['all', null],
])('row numbers %s', (text, expected) => {
  expect(parseRowNumbers(text, 200)).toEqual(expected);
});

test.each([
  ['```kql\nT | take 1\n```', 'T | take 1'],
  ['`T | take 1`', 'T | take 1'],
  ['T | where a == “x”', 'T | where a == "x"'],
  ['T | where a == "“x”"', 'T | where a == "“x”"'],
])('KQL as chats send it: %s', (text, expected) => {
  expect(cleanKql(text)).toBe(expected);
});

test('near names, nothing for a far one', () => {
  const names = ['run', 'runs', 'results', 'hypothesis', 'query show'];
  expect(nearest('rnu', names)).toEqual(['run']);
  expect(nearest('resluts', names)).toEqual(['results']);
  expect(nearest('hypo', names)).toEqual(['hypothesis']);
  expect(nearest('pineapple', names)).toEqual([]);
});
