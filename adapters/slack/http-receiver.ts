import { ExpressReceiver, type Logger, type webApi } from '@slack/bolt';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Clock } from '../../src/ports/clock';
import { scopes } from './manifest';
import type { SlackInstallations } from './workspaces';

export interface HttpReceiverDeps {
  signingSecret: string;
  oauth: { clientId: string; clientSecret: string; stateSecret: string; installations: SlackInstallations } | undefined;
  publicUrl: string | undefined;
  clientOptions: webApi.WebClientOptions;
  clock: Clock;
  logger: Logger;
}

/** Slack's own bound for the age of a request, here in both directions. */
const TOLERANCE_SECONDS = 300;

/**
 * POST /slack/events for commands, interactions and events; with OAuth also GET /slack/install and /slack/oauth_redirect.
 * Bolt checks the signature; it takes a correctly signed request from the future, so the age is checked before it, both ways.
 */
export function createHttpReceiver(http: Express, deps: HttpReceiverDeps): ExpressReceiver {
  http.post('/slack/events', (request: Request, response: Response, next: NextFunction) => {
    const sent = Number(request.headers['x-slack-request-timestamp']);
    const age = Math.abs(Math.floor(deps.clock.now().getTime() / 1000) - sent);
    if (age <= TOLERANCE_SECONDS) return next();
    response.status(401).end();
  });
  const { oauth } = deps;
  return new ExpressReceiver({
    signingSecret: deps.signingSecret,
    endpoints: '/slack/events',
    app: http,
    logger: deps.logger,
    ...(oauth && {
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      stateSecret: oauth.stateSecret,
      scopes: [...scopes],
      installationStore: storeFor(oauth.installations),
      installerOptions: {
        directInstall: true,
        clientOptions: deps.clientOptions,
        redirectUriPath: '/slack/oauth_redirect',
      },
      ...(deps.publicUrl && { redirectUri: new URL('/slack/oauth_redirect', deps.publicUrl).href }),
    }),
  });
}

function storeFor(installations: SlackInstallations) {
  return {
    async storeInstallation(installation: { team?: { id: string } | undefined; bot?: Bot | undefined }): Promise<void> {
      const { team, bot } = installation;
      if (team === undefined || bot === undefined)
        throw new Error('Slack: an installation without a workspace or a bot');
      await installations.save({ team: team.id, botToken: bot.token, botUserId: bot.userId, botId: bot.id });
    },
    // Bolt authorises through the workspaces; the installer itself only stores.
    async fetchInstallation(): Promise<never> {
      throw new Error('Slack: installations are read through the workspaces');
    },
  };
}

interface Bot {
  token: string;
  userId: string;
  id: string;
}
