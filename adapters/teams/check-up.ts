import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { TeamsSettings } from './authenticate';

const botFramework = 'https://api.botframework.com';

/** Whether Microsoft gives a token for these credentials; the fault names what to look at, never the secret. */
export async function checkUpTeams(settings: TeamsSettings): Promise<{ found: string; faults: string[] }> {
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: settings.appId ?? '',
    MicrosoftAppPassword: settings.appPassword ?? '',
    MicrosoftAppTenantId: settings.appTenantId ?? '',
    MicrosoftAppType: settings.appType ?? 'MultiTenant',
  });
  try {
    const credentials = await factory.createCredentials(
      settings.appId ?? '',
      botFramework,
      'https://login.microsoftonline.com/botframework.com',
      true,
    );
    await credentials.signRequest({ headers: { set: () => undefined } } as never);
    return { found: `app ${settings.appId}`, faults: [] };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 200) : 'no answer';
    return { found: '', faults: [`Microsoft gives no token for MicrosoftAppId ${settings.appId}: ${why}`] };
  }
}
