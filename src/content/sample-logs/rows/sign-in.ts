import type { Place } from '../offices';
import type { Person } from '../people';
import type { Random } from '../random';
import type { JsonValue, Row } from '../row';

export interface SignIn {
  person: Person;
  address: string;
  place: Place & { autonomousSystem: string };
  app: CloudApp;
  /** Microsoft Entra's error code; `0` is success. */
  resultType: string;
  device: 'own' | 'phone' | 'none';
  userAgent: string;
  clientApp?: string;
  mfa?: 'satisfied earlier' | 'approved' | 'denied' | 'no answer';
  correlationId?: string;
  riskLevel?: 'none' | 'low' | 'medium' | 'high';
}

export interface CloudApp {
  name: string;
  id: string;
  resource: string;
}

/** What Microsoft Entra says to each error code used here. */
const results: Record<string, string> = {
  '0': '',
  '50053': 'Sign-in was blocked because it came from an IP address with malicious activity or the account is locked.',
  '50055': 'The password is expired.',
  '50074': 'Strong authentication is required.',
  '50126': 'Invalid username or password or invalid on-premises username or password.',
  '50140': "This occurred due to 'Keep me signed in' interrupt when the user was signing in.",
  '53003': 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  '500121': 'Authentication failed during strong authentication request.',
};

const mfaTexts = {
  'satisfied earlier': 'MFA requirement satisfied by claim in the token',
  approved: 'MFA completed in Azure AD',
  denied: 'MFA denied; user declined the authentication',
  'no answer': 'MFA denied; user did not respond to mobile app notification',
} as const;

export function signInRow(random: Random, input: SignIn): Row {
  const { person, place } = input;
  const succeeded = input.resultType === '0';
  const id = random.guid();
  return {
    Id: id,
    CorrelationId: input.correlationId ?? id,
    OperationName: 'Sign-in activity',
    Category: 'SignInLogs',
    ResultType: input.resultType,
    ResultDescription: results[input.resultType] ?? '',
    Identity: person.displayName,
    UserDisplayName: person.displayName,
    UserPrincipalName: person.upn,
    UserId: person.objectId,
    UserType: 'Member',
    AppDisplayName: input.app.name,
    AppId: input.app.id,
    ResourceDisplayName: input.app.resource,
    ClientAppUsed: input.clientApp ?? 'Browser',
    IPAddress: input.address,
    AutonomousSystemNumber: place.autonomousSystem,
    Location: place.country,
    LocationDetails: locationDetails(place),
    DeviceDetail: deviceDetail(input),
    Status: {
      errorCode: Number(input.resultType),
      ...(succeeded ? {} : { failureReason: results[input.resultType] ?? 'Other.' }),
      ...(input.mfa ? { additionalDetails: mfaTexts[input.mfa] } : {}),
    },
    MfaDetail:
      input.mfa && input.mfa !== 'satisfied earlier' ? { authMethod: 'Mobile app notification', authDetail: '' } : null,
    AuthenticationRequirement: input.mfa ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    AuthenticationDetails: authenticationDetails(input, succeeded),
    ConditionalAccessStatus: succeeded ? 'success' : input.resultType === '53003' ? 'failure' : 'notApplied',
    IsInteractive: true,
    RiskLevelDuringSignIn: input.riskLevel ?? 'none',
    RiskState: input.riskLevel && input.riskLevel !== 'none' ? 'atRisk' : 'none',
    UserAgent: input.userAgent,
  };
}

function locationDetails(place: Place): JsonValue {
  return {
    city: place.city,
    state: place.state,
    countryOrRegion: place.country,
    geoCoordinates: { latitude: place.latitude, longitude: place.longitude },
  };
}

function deviceDetail(input: SignIn): JsonValue {
  if (input.device === 'none')
    return { deviceId: '', operatingSystem: 'Windows10', browser: browserOf(input.userAgent) };
  if (input.device === 'phone') return { deviceId: '', operatingSystem: 'Ios 18.1', browser: 'Mobile Safari' };
  const { workstation } = input.person;
  return {
    deviceId: workstation.deviceId.slice(0, 32),
    displayName: workstation.name,
    operatingSystem: 'Windows10',
    browser: browserOf(input.userAgent),
    isCompliant: true,
    isManaged: true,
    trustType: 'Hybrid Azure AD joined',
  };
}

function browserOf(userAgent: string): string {
  if (userAgent.includes('Edg/')) return 'Edge 131.0.0';
  if (userAgent.includes('Firefox')) return 'Firefox 132.0';
  return userAgent.startsWith('python') ? 'Python Requests 2.31' : 'Rich Client 4.66';
}

/** A string that holds JSON, as in the real table. */
function authenticationDetails(input: SignIn, succeeded: boolean): string {
  const passwordWorked = input.resultType !== '50126' && input.resultType !== '50053';
  const steps: JsonValue[] = [
    {
      authenticationMethod: input.mfa === 'satisfied earlier' ? 'Previously satisfied' : 'Password',
      succeeded: passwordWorked,
      authenticationStepResultDetail: passwordWorked ? 'Correct password' : 'Incorrect password',
    },
  ];
  if (input.mfa && input.mfa !== 'satisfied earlier') {
    steps.push({
      authenticationMethod: 'Mobile app notification',
      succeeded,
      authenticationStepResultDetail: mfaTexts[input.mfa],
    });
  }
  return JSON.stringify(steps);
}
