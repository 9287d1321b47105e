import { readHuntingQuery } from '../../src/content/read-hunting-query';
import { UserError } from '../../src/errors';

const whole = `
id: 4D1F0B52-8F0E-4C1C-9B0F-0B1F6C1E2A77
name: Sign-ins of the night
description: |
  'Counts sign-ins between midnight and four.'
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
      - SigninLogs
  - connectorId: Syslog
    dataTypes: [Syslog (auth)]
tactics: [InitialAccess, Credential Access]
relevantTechniques: [t1078, T1110.003]
query: |
  SigninLogs
  | where hourofday(TimeGenerated) < 4
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
version: 1.2.0
`;

describe('readHuntingQuery', () => {
  it('reads a whole file', () => {
    expect(readHuntingQuery(whole, 'night.yaml')).toEqual({
      id: '4d1f0b52-8f0e-4c1c-9b0f-0b1f6c1e2a77',
      name: 'Sign-ins of the night',
      description: 'Counts sign-ins between midnight and four.',
      query: 'SigninLogs\n| where hourofday(TimeGenerated) < 4',
      tactics: ['InitialAccess', 'CredentialAccess'],
      techniques: ['T1078', 'T1110.003'],
      dataTypes: ['SigninLogs', 'Syslog'],
      entityMappings: [
        { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
      ],
      version: '1.2.0',
      source: 'night.yaml',
    });
  });

  it('reads an old file, whose columns say what they are', () => {
    const old = readHuntingQuery(
      [
        'id: a1',
        'name: Old one',
        'requiredDataConnectors:',
        'tactics:',
        'query: |',
        '  // HostCustomEntity was here',
        '  SecurityEvent | extend AccountCustomEntity = Account, IPCustomEntity = IpAddress',
      ].join('\r\n'),
      'old.yaml',
    );
    expect(old).toMatchObject({ description: '', tactics: [], techniques: [], dataTypes: [], version: '1.0.0' });
    expect(old.entityMappings).toEqual([
      { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'AccountCustomEntity' }] },
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPCustomEntity' }] },
    ]);
  });

  it.each([
    ['no YAML', 'id: [', /broken\.yaml is no YAML/],
    ['a list', '- a', /broken\.yaml is no hunting query/],
    ['nothing', '', /broken\.yaml is no hunting query/],
    ['a file without a query and a name', 'id: a1', /name: .*; query: /],
    ['an endless file', 'x'.repeat(1_000_001), /longer than 1000000 characters/],
    ['aliases that multiply', bomb(), /is no YAML/],
  ])('refuses %s and says why', (_, text, message) => {
    expect(() => readHuntingQuery(text, 'broken.yaml')).toThrow(UserError);
    expect(() => readHuntingQuery(text, 'broken.yaml')).toThrow(message);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}
