import type { Dispatcher } from '../src/commands/dispatcher';
import type { Config } from '../src/config';
import type { Log } from '../src/log';
import type { ChatPlatforms } from '../src/ports/chat-platform';
import type { Stores } from '../src/ports/stores';
import type { ChatAdapter, PictureFiles } from './chat-adapter';
import { createSlackAdapter } from './slack/app';
import { createSlackInstallations } from './slack-installations';
import { systemClock } from './system-clock';
import { createTeamsAdapter } from './teams/app';
import { createWebAdapter } from './web/app';

export interface ChatsOptions {
  config: Config;
  stores: Stores;
  dispatcher: () => Dispatcher;
  log: Log;
  pictures: () => PictureFiles;
  /** The local chat page. */
  web: boolean;
}

/** Slack where its settings are given, the local page where it is wanted, and Teams with credentials, or anonymous in the local mode. */
export function createChats({ config, stores, dispatcher, log, pictures, web }: ChatsOptions): ChatAdapter[] {
  const deps = { dispatcher, clock: systemClock, log, pictures };
  const chats: ChatAdapter[] = [];
  const oauth = oauthOf(config);
  if (config.SLACK_BOT_TOKEN !== undefined || oauth) {
    chats.push(
      createSlackAdapter({
        ...deps,
        settings: {
          botToken: config.SLACK_BOT_TOKEN,
          signingSecret: config.SLACK_SIGNING_SECRET,
          appToken: config.SLACK_APP_TOKEN,
          apiUrl: config.SLACK_API_URL,
          publicUrl: config.publicUrl,
          oauth,
        },
        ...(oauth ? { installations: createSlackInstallations(stores) } : {}),
      }),
    );
  }
  if (config.MicrosoftAppId !== undefined || config.local) {
    chats.push(
      createTeamsAdapter({
        ...deps,
        settings: {
          appId: config.MicrosoftAppId,
          appPassword: config.MicrosoftAppPassword,
          appTenantId: config.MicrosoftAppTenantId,
          appType: config.MicrosoftAppType,
        },
      }),
    );
  }
  if (web) chats.push(createWebAdapter({ ...deps, stores }));
  return chats;
}

function oauthOf(config: Config) {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = config;
  return clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : undefined;
}

export function platformsOf(chats: readonly ChatAdapter[]): ChatPlatforms {
  return new Map(chats.map((chat) => [chat.platform.platform, chat.platform]));
}
