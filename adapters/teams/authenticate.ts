import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { isTrustedServiceUrl } from './service-url';

/** botbuilder's own names, without their prefix. No `appId`: anonymous, which is for a loopback host only. */
export interface TeamsSettings {
  appId?: string | undefined;
  appPassword?: string | undefined;
  appTenantId?: string | undefined;
  /** `SingleTenant`, `UserAssignedMsi`, or `MultiTenant` (the default of botbuilder). */
  appType?: string | undefined;
  /** Whether buttons open forms as dialogs: in Teams they do. Without an app id they do not by default, for the Agents Playground. */
  dialogs?: boolean | undefined;
  /** Where the keys of the Bot Connector's tokens are published; for sovereign clouds and tests. */
  openIdMetadataUrl?: string | undefined;
}

export type Verdict = 'trusted' | 'unauthorized' | 'forbidden' | 'unavailable';

const ClaimedShape = z.object({ type: z.string(), channelId: z.string(), serviceUrl: z.string() });

/** The SDK's type asks for more than the SDK reads here. */
const Claimed = z.custom<Activity>((value) => ClaimedShape.safeParse(value).success);

const StatusFault = z.object({ statusCode: z.number() });

/** The public cloud's values, needed all together as soon as one differs. */
const PUBLIC_CLOUD = {
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
};

export function createAuthentication(settings: TeamsSettings): ConfigurationBotFrameworkAuthentication {
  const { appId, appPassword, appTenantId, appType, openIdMetadataUrl } = settings;
  return new ConfigurationBotFrameworkAuthentication({
    ...(appId ? { MicrosoftAppId: appId } : {}),
    ...(appPassword ? { MicrosoftAppPassword: appPassword } : {}),
    ...(appTenantId ? { MicrosoftAppTenantId: appTenantId } : {}),
    ...(appType ? { MicrosoftAppType: appType } : {}),
    ...(openIdMetadataUrl
      ? {
          ...PUBLIC_CLOUD,
          ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
          ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
        }
      : {}),
  });
}

/**
 * Whether the request comes from Teams and names an address that Talbot may answer to. The SDK checks the token's signature, issuer,
 * audience, age and service address; on top of it, only the Teams channel counts, because another channel's users could claim any
 * directory id.
 */
export async function authenticate(
  authentication: ConfigurationBotFrameworkAuthentication,
  anonymous: boolean,
  body: unknown,
  authorization: string,
): Promise<Verdict> {
  const claimed = Claimed.safeParse(body);
  if (!claimed.success) return 'forbidden';
  const { channelId, serviceUrl } = claimed.data;
  if (!anonymous && channelId !== 'msteams') return 'forbidden';
  try {
    await authentication.authenticateRequest(claimed.data, authorization);
  } catch (fault) {
    const status = StatusFault.safeParse(fault);
    return status.success && status.data.statusCode >= 500 ? 'unavailable' : 'unauthorized';
  }
  return isTrustedServiceUrl(serviceUrl, anonymous) ? 'trusted' : 'forbidden';
}
