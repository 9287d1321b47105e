import type { ColumnType } from '../../ports/query-engine';
import type { SampleTable } from './row';

const initiator = `InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountSid
  InitiatingProcessAccountUpn InitiatingProcessFileName InitiatingProcessFolderPath InitiatingProcessId:long
  InitiatingProcessCommandLine InitiatingProcessCreationTime:datetime InitiatingProcessIntegrityLevel
  InitiatingProcessSHA256 InitiatingProcessVersionInfoOriginalFileName InitiatingProcessParentFileName
  InitiatingProcessParentId:long ReportId:long AdditionalFields:dynamic`;

/** The sample's columns with the types they have in Log Analytics; a column without a type is a string. */
export const sampleColumns: Record<SampleTable, ReadonlyMap<string, ColumnType>> = {
  SigninLogs:
    columns(`TimeGenerated:datetime Type CreatedDateTime:datetime Id CorrelationId OperationName Category ResultType
    ResultDescription Identity UserDisplayName UserPrincipalName UserId UserType AppDisplayName AppId ResourceDisplayName
    ClientAppUsed IPAddress AutonomousSystemNumber Location LocationDetails:dynamic DeviceDetail:dynamic Status:dynamic
    MfaDetail:dynamic AuthenticationRequirement AuthenticationDetails ConditionalAccessStatus IsInteractive:bool
    RiskLevelDuringSignIn RiskState UserAgent`),
  AuditLogs: columns(`TimeGenerated:datetime Type ActivityDateTime:datetime ActivityDisplayName OperationName Category
    AADOperationType LoggedByService Result ResultReason Identity InitiatedBy:dynamic TargetResources:dynamic
    AdditionalDetails:dynamic CorrelationId Id`),
  SecurityEvent:
    columns(`TimeGenerated:datetime Type Computer EventID:int Activity Channel EventSourceName Account AccountType
    SubjectUserName SubjectDomainName SubjectUserSid SubjectLogonId TargetAccount TargetUserName TargetDomainName TargetUserSid
    TargetLogonId LogonType:int LogonTypeName LogonProcessName AuthenticationPackageName IpAddress IpPort WorkstationName
    Status SubStatus FailureReason NewProcessId NewProcessName Process CommandLine ParentProcessName ProcessId ServiceName
    ServiceFileName ServiceType ServiceStartType:int ServiceAccount ShareName ShareLocalPath AccessMask MemberName MemberSid
    SamAccountName PrivilegeList ObjectServer ObjectType ObjectName OperationType Properties EventData`),
  DeviceProcessEvents: columns(`TimeGenerated:datetime Type Timestamp:datetime DeviceId DeviceName ActionType FileName
    FolderPath SHA1 SHA256 FileSize:long ProcessVersionInfoCompanyName ProcessVersionInfoProductName
    ProcessVersionInfoOriginalFileName ProcessId:long ProcessCommandLine ProcessIntegrityLevel ProcessTokenElevation
    ProcessCreationTime:datetime AccountDomain AccountName AccountSid AccountUpn LogonId:long ${initiator}`),
  DeviceNetworkEvents: columns(`TimeGenerated:datetime Type Timestamp:datetime DeviceId DeviceName ActionType RemoteIP
    RemotePort:int RemoteUrl RemoteIPType LocalIP LocalPort:int Protocol ${initiator}`),
  DeviceFileEvents: columns(`TimeGenerated:datetime Type Timestamp:datetime DeviceId DeviceName ActionType FileName
    FolderPath SHA256 FileSize:long FileOriginUrl FileOriginIP PreviousFileName RequestAccountName RequestSourceIP
    RequestProtocol ShareName ${initiator}`),
  OfficeActivity:
    columns(`TimeGenerated:datetime Type OfficeId RecordType Operation OfficeWorkload ResultStatus UserId UserKey
    UserType ClientIP UserAgent ClientInfoString AppId OfficeObjectId MailboxOwnerUPN MailboxGuid Logon_Type
    OriginatingServer Parameters Item AffectedItems Folders Site_Url SourceRelativeUrl SourceFileName SourceFileExtension ItemType
    EventSource TargetUserOrGroupName`),
  Syslog:
    columns(`TimeGenerated:datetime Type EventTime:datetime Computer HostName HostIP Facility SeverityLevel ProcessName
    ProcessID:int SyslogMessage CollectorHostName SourceSystem`),
};

function columns(text: string): ReadonlyMap<string, ColumnType> {
  return new Map(
    text.split(/\s+/).map((part) => {
      const [name = part, type = 'string'] = part.split(':');
      return [name, type as ColumnType];
    }),
  );
}
