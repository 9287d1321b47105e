import type { Person } from '../people';
import type { Random } from '../random';
import type { JsonValue, Row } from '../row';

export interface DirectoryChange {
  activity: string;
  category: 'UserManagement' | 'GroupManagement' | 'ApplicationManagement' | 'RoleManagement' | 'Policy' | 'Device';
  service?: string;
  operationType: 'Add' | 'Update' | 'Delete' | 'Assign';
  by: { person: Person; address: string } | { app: string };
  targets: JsonValue[];
  details?: Record<string, string>;
  correlationId?: string;
  reason?: string;
}

export function auditRow(random: Random, change: DirectoryChange): Row {
  return {
    ActivityDisplayName: change.activity,
    OperationName: change.activity,
    Category: change.category,
    AADOperationType: change.operationType,
    LoggedByService: change.service ?? 'Core Directory',
    Result: 'success',
    ResultReason: change.reason ?? '',
    Identity: 'person' in change.by ? change.by.person.displayName : change.by.app,
    InitiatedBy: initiatedBy(change.by),
    TargetResources: change.targets,
    AdditionalDetails: Object.entries(change.details ?? {}).map(([key, value]) => ({ key, value })),
    CorrelationId: change.correlationId ?? random.guid(),
    Id: `Directory_${random.guid()}`,
  };
}

function initiatedBy(by: DirectoryChange['by']): JsonValue {
  if ('app' in by) return { app: { displayName: by.app, servicePrincipalId: '' } };
  const { person, address } = by;
  return {
    user: { id: person.objectId, displayName: person.displayName, userPrincipalName: person.upn, ipAddress: address },
  };
}

export function userTarget(person: Person, changed: Record<string, string> = {}): JsonValue {
  return {
    id: person.objectId,
    displayName: person.displayName,
    type: 'User',
    userPrincipalName: person.upn,
    modifiedProperties: modified(changed),
  };
}

/** Values are JSON inside strings, as Microsoft Entra writes them. */
export function modified(changed: Record<string, string>): JsonValue[] {
  return Object.entries(changed).map(([displayName, value]) => ({
    displayName,
    oldValue: null,
    newValue: JSON.stringify(value),
  }));
}

export interface OfficeAction {
  person: Person;
  operation: string;
  address: string;
  workload: 'Exchange' | 'SharePoint' | 'OneDrive' | 'MicrosoftTeams';
  userAgent?: string;
  objectId?: string;
  parameters?: Record<string, string>;
  item?: JsonValue;
  /** Mails that were moved or deleted. */
  affected?: { subject: string; folder: string }[];
  folders?: JsonValue;
  file?: { site: string; path: string; name: string };
  appId?: string;
  client?: string;
  sharedWith?: string;
}

const recordTypes: Record<OfficeAction['workload'], string> = {
  Exchange: 'ExchangeItem',
  SharePoint: 'SharePointFileOperation',
  OneDrive: 'SharePointFileOperation',
  MicrosoftTeams: 'MicrosoftTeams',
};

export function officeRow(random: Random, action: OfficeAction): Row {
  const { person, file } = action;
  const isExchange = action.workload === 'Exchange';
  return {
    OfficeId: random.guid(),
    RecordType: action.parameters ? 'ExchangeAdmin' : recordTypes[action.workload],
    Operation: action.operation,
    OfficeWorkload: action.workload,
    ResultStatus: 'Succeeded',
    UserId: person.upn,
    UserKey: person.objectId,
    UserType: 'Regular',
    ClientIP: action.address,
    UserAgent: action.userAgent ?? '',
    ClientInfoString: action.client ?? (isExchange ? 'Client=OWA;Action=ViaProxy' : ''),
    AppId: action.appId ?? '',
    OfficeObjectId: action.objectId ?? (file ? `${file.site}/${file.path}/${file.name}` : ''),
    ...(isExchange
      ? {
          MailboxOwnerUPN: person.upn,
          MailboxGuid: person.objectId,
          Logon_Type: 'Owner',
          OriginatingServer: 'FHMBX01 (15.20.8182)',
        }
      : {}),
    ...(action.parameters ? { Parameters: nameValues(action.parameters) } : {}),
    ...(action.item ? { Item: JSON.stringify(action.item) } : {}),
    ...(action.affected ? { AffectedItems: affectedItems(action.affected) } : {}),
    ...(action.folders ? { Folders: JSON.stringify(action.folders) } : {}),
    ...(file
      ? {
          Site_Url: file.site,
          SourceRelativeUrl: file.path,
          SourceFileName: file.name,
          SourceFileExtension: file.name.split('.').at(-1) ?? '',
          ItemType: 'File',
          EventSource: 'SharePoint',
        }
      : {}),
    ...(action.sharedWith ? { TargetUserOrGroupName: action.sharedWith } : {}),
  };
}

function affectedItems(items: NonNullable<OfficeAction['affected']>): string {
  return JSON.stringify(items.map(({ subject, folder }) => ({ Subject: subject, ParentFolder: { Path: folder } })));
}

/** A string that holds a JSON list of names and values, as in the real table. */
function nameValues(parameters: Record<string, string>): string {
  return JSON.stringify(Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })));
}
