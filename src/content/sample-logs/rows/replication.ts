import type { Host } from '../hosts';
import type { Row } from '../row';
import { securityRow, subject } from './security-event';

/** The right "replicating directory changes all", with which secrets are copied too. */
const getChangesAll = '1131f6ad-9c07-11d1-f79f-00c04fc2dcd2';
const domainObject = '19195a5b-6da0-11d0-afd3-00c04fd930c9';

/** Event 4662: somebody copies the directory with its secrets from this controller. */
export function replicationRow(controller: Host, account: { sam: string; sid: string }, logonId: string): Row {
  return securityRow(controller, 4662, {
    ...subject(account, logonId),
    ObjectServer: 'DS',
    ObjectType: `%{${domainObject}}`,
    ObjectName: '%{6d1f6f0e-24c1-4f55-9d2b-7a5d3f10c9b8}',
    OperationType: 'Object Access',
    AccessMask: '0x100',
    Properties: `%%7688\r\n\t\t{${getChangesAll}}\r\n\t{${domainObject}}\r\n`,
  });
}
