import { App, type ExpressReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Express } from 'express';
import type { ChatAdapter, ChatAdapterDeps } from '../chat-adapter';
import { boltLog } from './bolt-log';
import { chatErrorFrom, isTokenFault } from './errors';
import { createHttpReceiver } from './http-receiver';
import { createPeople } from './people';
import { createSlackPlatform } from './platform';
import { createPostPace, type PostPace } from './post-pace';
import { receive } from './receive';
import { createRespondTo } from './respond';
import { createSendCard } from './send-card';
import { createPictureUploads } from './upload-picture';
import { clientOptions, createWorkspaces, type SlackInstallations } from './workspaces';

export interface SlackSettings {
  /** One workspace. Without it: several, through `oauth` and `installations`. */
  botToken?: string | undefined;
  /** Given: POST /slack/events is served. */
  signingSecret?: string | undefined;
  /** Given: events come through Socket Mode, and no public address is needed. */
  appToken?: string | undefined;
  /** Where the Web API is, with its last slash; Slack's own by default. */
  apiUrl?: string | undefined;
  publicUrl?: string | undefined;
  oauth?: { clientId: string; clientSecret: string; stateSecret: string } | undefined;
}

export interface SlackAdapterDeps extends ChatAdapterDeps {
  settings: SlackSettings;
  installations?: SlackInstallations;
  /** One process posts with one pace; Slack's own by default. */
  pace?: PostPace;
  /** Milliseconds between tries while Slack looks at a picture that was brought to it. */
  pictureWaits?: readonly number[];
}

/** Throws on settings that cannot work; `start` rejects when Slack refuses the tokens. The clock must be the real time: signatures age by it. */
export function createSlackAdapter(deps: SlackAdapterDeps): ChatAdapter {
  const { settings, clock, log, installations } = deps;
  if (settings.botToken === undefined && (settings.oauth === undefined || installations === undefined)) {
    throw new Error('Slack needs SLACK_BOT_TOKEN, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET');
  }
  if (settings.signingSecret === undefined && settings.appToken === undefined) {
    throw new Error('Slack needs SLACK_SIGNING_SECRET (signed HTTP) or SLACK_APP_TOKEN (Socket Mode)');
  }
  const apiUrl = settings.apiUrl === undefined ? undefined : settings.apiUrl.replace(/\/*$/, '/');
  const logger = boltLog(log);
  const options = clientOptions(apiUrl, logger);
  const workspaces = createWorkspaces({ botToken: settings.botToken, installations, clientOptions: options, clock });
  const uploads = createPictureUploads({ workspaces, files: deps.pictures, log });
  const sendCard = createSendCard(uploads, log, deps.pictureWaits);
  const platform = createSlackPlatform({ workspaces, pace: deps.pace ?? createPostPace(), sendCard, log });
  const people = createPeople({ workspaces, clock, log });

  const socket =
    settings.appToken === undefined
      ? undefined
      : new SocketModeReceiver({
          appToken: settings.appToken,
          logger,
          installerOptions: { clientOptions: apiUrl === undefined ? {} : { slackApiUrl: apiUrl } },
        });
  const running = new Set<Promise<void>>();

  function carryOut(what: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => log.error({ err: error, what }, 'Slack: an answer could not be given'))
      .finally(() => running.delete(done));
    running.add(done);
  }

  const app = new App({
    receiver: receiverOf(socket),
    authorize: async ({ teamId }) => {
      const { botToken, botUserId, botId, team } = await workspaces.find(teamId ?? '');
      return { botToken, botUserId, botId, teamId: teamId ?? team };
    },
    logger,
    clientOptions: options,
    convoStore: false,
  });
  app.error(async (error) => log.error({ err: error }, 'Slack: a payload could not be handled'));
  receive(app, {
    workspaces,
    platform,
    people,
    respondTo: createRespondTo(apiUrl),
    sendCard,
    dispatcher: deps.dispatcher,
    log,
    carryOut,
  });

  return {
    platform,
    mount(http: Express): void {
      if (settings.signingSecret === undefined) return;
      const oauth = settings.oauth && installations ? { ...settings.oauth, installations } : undefined;
      const receiver: ExpressReceiver = createHttpReceiver(http, {
        signingSecret: settings.signingSecret,
        oauth,
        publicUrl: settings.publicUrl,
        clientOptions: options,
        clock,
        logger,
      });
      receiver.init(app);
    },
    async start(): Promise<void> {
      if (settings.botToken !== undefined) await checkToken();
      await socket?.start();
    },
    async stop(): Promise<void> {
      // The receiver's own stop does not wait for the connection to end.
      await socket?.client.disconnect();
      while (running.size > 0) await Promise.allSettled(running);
    },
  };

  /** Warms what every acknowledgement needs; a Slack that does not answer now may answer later, a refused token never. */
  async function checkToken(): Promise<void> {
    try {
      await workspaces.find('');
    } catch (error) {
      const fault = chatErrorFrom(error);
      if (fault.code === 'rejected' || isTokenFault(error))
        throw new Error(`Slack refused SLACK_BOT_TOKEN (${fault.message})`, { cause: error });
      log.warn({ err: fault }, 'Slack does not answer yet');
    }
  }
}

/** Bolt's app has one receiver; here signed HTTP joins at `mount`, and Socket Mode runs beside it. */
function receiverOf(socket: SocketModeReceiver | undefined): Receiver {
  return {
    init: (app) => socket?.init(app),
    start: async () => socket?.start(),
    stop: async () => socket?.stop(),
  };
}
