import { quoteText } from '../sql-text';
import { textToType } from './convert-sql';

/** SQL of a field's text, and of the first of several names that the file has; NULL where it has none of them. */
export interface FieldTexts {
  has(name: string): boolean;
  text(...names: string[]): string;
  /** The file's fields, in its order. */
  names: string[];
}

/** SQL of a column of a routed table, in stored form. */
export type DerivedColumns = Record<string, string>;

/** Where a tool writes when an event happened, the trustworthy ones first: NXLog's EventTime is local time. */
export const eventTimeFields = ['TimeCreated', 'SystemTime', '@timestamp', 'EventTime', 'eventTime'] as const;

/** Fields of the event's envelope, by the names that exporters give them: everything else is event data. */
const envelope = new Set(
  `@timestamp @version AccountName AccountType Category Channel Computer ComputerName Domain EventID EventId EventRecordID EventReceivedTime
  EventTime EventType ExecutionProcessID ExecutionThreadID Hostname HostName Keywords Level LevelDisplayName LogName MachineName Message Opcode
  OpcodeDisplayName OpcodeValue Provider ProviderGuid ProviderName RecordId RecordNumber Severity SeverityValue SourceModuleName
  SourceModuleType SourceName SystemTime Tags Task TaskDisplayName ThreadID TimeCreated TimeGenerated Type UserID Version host port tags`.split(
    /\s+/,
  ),
);

/** Events of the Security log in which the account that counts is the target, not the subject. */
const targetEvents = '4624, 4625, 4634, 4647, 4768, 4769, 4770, 4771, 4772, 4773, 4774, 4775, 4776, 4777, 4800, 4801';

const logonTypes: Record<string, string> = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'NetworkCleartext',
  9: 'NewCredentials',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
};

/** The columns of SecurityEvent that carry another name in an export, or are made of several fields. */
export function securityEventColumns(fields: FieldTexts): DerivedColumns {
  const eventId = textToType(fields.text('EventID', 'EventId'), 'int');
  const subject = account(fields.text('SubjectDomainName'), fields.text('SubjectUserName'));
  const target = account(fields.text('TargetDomainName'), fields.text('TargetUserName'));
  const who = `CASE WHEN (${eventId}) IN (${targetEvents}) AND ${target} <> '' THEN ${target} WHEN ${subject} <> '' THEN ${subject} ELSE ${target} END`;
  const logonType = fields.text('LogonType');
  return {
    ...shared(fields),
    Channel: `'Security'`,
    EventID: eventId,
    EventSourceName: text(fields.text('SourceName', 'ProviderName', 'Provider')),
    Activity: activity(fields),
    Account: who,
    AccountType: `CASE WHEN ${who} = '' THEN '' WHEN ${who} LIKE '%$' THEN 'Machine' ELSE 'User' END`,
    SubjectAccount: joined(fields.text('SubjectDomainName'), fields.text('SubjectUserName')),
    TargetAccount: joined(fields.text('TargetDomainName'), fields.text('TargetUserName')),
    Process: lastPart(fields.text('NewProcessName', 'ProcessName')),
    LogonTypeName: `CASE ${logonType} ${Object.entries(logonTypes)
      .map(([n, name]) => `WHEN '${n}' THEN '${n} - ${name}'`)
      .join(' ')} ELSE coalesce(${logonType}, '') END`,
    LogonID: text(fields.text('LogonID', 'LogonId')),
    Keywords: hexadecimal(fields.text('Keywords')),
    Level: text(fields.text('Level')),
    Task: textToType(fields.text('Task'), 'int'),
    EventRecordId: text(fields.text('EventRecordId', 'EventRecordID', 'RecordNumber', 'RecordId')),
    SystemProcessId: textToType(fields.text('ExecutionProcessID'), 'int'),
    SystemThreadId: textToType(fields.text('ThreadID', 'ExecutionThreadID'), 'int'),
    EventData: fields.has('EventData') ? text(fields.text('EventData')) : eventData(fields),
    Type: `'SecurityEvent'`,
  };
}

/** The columns of Event, where Sentinel keeps every other Windows log (Sysmon and PowerShell too). */
export function eventColumns(fields: FieldTexts): DerivedColumns {
  const level = fields.text('Level');
  const severity = fields.text('Severity');
  const name = `CASE lower(${severity}) WHEN 'critical' THEN 'Critical' WHEN 'error' THEN 'Error' WHEN 'warning' THEN 'Warning' WHEN 'info' THEN 'Information' WHEN 'debug' THEN 'Verbose'
    ELSE CASE ${level} WHEN '0' THEN 'Information' WHEN '1' THEN 'Critical' WHEN '2' THEN 'Error' WHEN '3' THEN 'Warning' WHEN '4' THEN 'Information' WHEN '5' THEN 'Verbose' ELSE '' END END`;
  const data = fields.has('EventData') ? text(fields.text('EventData')) : eventData(fields);
  return {
    ...shared(fields),
    Source: text(fields.text('Source', 'SourceName', 'ProviderName', 'Provider')),
    EventLog: text(fields.text('Channel')),
    EventID: textToType(fields.text('EventID', 'EventId'), 'int'),
    EventCategory: textToType(fields.text('Task'), 'int'),
    EventLevel: `coalesce(${textToType(level, 'int')}, CASE lower(${severity}) WHEN 'critical' THEN 1 WHEN 'error' THEN 2 WHEN 'warning' THEN 3 WHEN 'info' THEN 4 WHEN 'debug' THEN 5 END)`,
    EventLevelName: name,
    RenderedDescription: text(fields.text('RenderedDescription', 'Message')),
    Message: text(fields.text('Message')),
    UserName: `coalesce(nullif(${account(fields.text('Domain'), fields.text('AccountName'))}, ''), ${fields.text('User', 'UserID')}, '')`,
    EventData: `'<DataItem type="System.XmlData" time="" sourceHealthServiceId="">' || ${data} || '</DataItem>'`,
    ParameterXml: parameterXml(fields),
    Type: `'Event'`,
  };
}

function shared(fields: FieldTexts): DerivedColumns {
  return {
    TimeGenerated: textToType(fields.text('TimeGenerated', ...eventTimeFields), 'datetime'),
    Computer: text(fields.text('Computer', 'Hostname', 'HostName', 'ComputerName', 'MachineName', 'host')),
    SourceSystem: `'OpsManager'`,
  };
}

/** `4624 - An account was successfully logged on.`: the number and the first line of the message. */
function activity(fields: FieldTexts): string {
  const id = fields.text('EventID', 'EventId');
  const line = `trim(regexp_extract(${fields.text('Message')}, '^[^\\r\\n]*'))`;
  return `CASE WHEN coalesce(${line}, '') = '' THEN coalesce(${id}, '') ELSE ${id} || ' - ' || ${line} END`;
}

function account(domain: string, user: string): string {
  return `CASE WHEN coalesce(${user}, '-') IN ('', '-') THEN '' WHEN coalesce(${domain}, '-') IN ('', '-') THEN ${user} ELSE ${domain} || '\\' || ${user} END`;
}

/** As Sentinel writes it, dashes and all. */
function joined(domain: string, user: string): string {
  return `CASE WHEN ${user} IS NULL THEN '' WHEN ${domain} IS NULL THEN ${user} ELSE ${domain} || '\\' || ${user} END`;
}

function lastPart(file: string): string {
  return `coalesce(regexp_extract(${file}, '[^\\\\/]*$'), '')`;
}

function hexadecimal(number: string): string {
  return `CASE WHEN regexp_full_match(${number}, '-?\\d+') THEN '0x' || lower(hex(TRY_CAST(${number} AS BIGINT))) ELSE coalesce(${number}, '') END`;
}

/** The event data in the XML that Windows gives it, in the order of the record's fields. `concat` passes over NULLs. */
function eventData(fields: FieldTexts): string {
  const parts = dataFields(fields).map(
    (name) => `${quoteText(`<Data Name="${escapeXml(name)}">`)} || ${xml(fields.text(name))} || '</Data>'`,
  );
  return `concat('<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">', ${[...parts, `'</EventData>'`].join(', ')})`;
}

function parameterXml(fields: FieldTexts): string {
  return `concat(${[`''`, ...dataFields(fields).map((name) => `'<Param>' || ${xml(fields.text(name))} || '</Param>'`)].join(', ')})`;
}

function dataFields(fields: FieldTexts): string[] {
  return fields.names.filter((name) => !envelope.has(name));
}

function xml(value: string): string {
  return `replace(replace(replace(${value}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`;
}

function escapeXml(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function text(value: string): string {
  return `coalesce(${value}, '')`;
}
