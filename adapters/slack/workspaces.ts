import { type Logger, webApi } from '@slack/bolt';
import type { Clock } from '../../src/ports/clock';

/** One workspace that Talbot is installed in. */
export interface SlackInstallation {
  team: string;
  botToken: string;
  botUserId: string;
  botId: string;
}

/** Where the tokens of several workspaces are kept. */
export interface SlackInstallations {
  save(installation: SlackInstallation): Promise<void>;
  find(team: string): Promise<SlackInstallation | undefined>;
  remove(team: string): Promise<void>;
}

export interface Workspaces {
  /** Who Talbot is in a workspace. Rejects with the SDK's error, or with a plain one where Talbot is not installed. */
  find(team: string): Promise<SlackInstallation>;
  client(team: string): Promise<webApi.WebClient>;
  /** The workspace threw Talbot out. */
  forget(team: string): Promise<void>;
}

export interface WorkspacesDeps {
  botToken: string | undefined;
  installations: SlackInstallations | undefined;
  clientOptions: webApi.WebClientOptions;
  clock: Clock;
}

/** An installation found is believed for this long: a token rotated or revoked elsewhere is noticed within it. */
const BELIEVED_MS = 5 * 60_000;

/** With a bot token: one workspace, whoever asks; its names are asked of Slack once. Else: the installations. */
export function createWorkspaces(deps: WorkspacesDeps): Workspaces {
  const clients = new Map<string, webApi.WebClient>();
  const known = new Map<string, { at: number; installation: SlackInstallation }>();
  let single: Promise<SlackInstallation> | undefined;

  function clientOf(token: string): webApi.WebClient {
    const existing = clients.get(token);
    if (existing !== undefined) return existing;
    const client = new webApi.WebClient(token, deps.clientOptions);
    clients.set(token, client);
    return client;
  }

  async function testToken(token: string): Promise<SlackInstallation> {
    const { team_id, user_id, bot_id } = await clientOf(token).auth.test();
    if (team_id === undefined || user_id === undefined) throw new Error('Slack: auth.test named no team');
    return { team: team_id, botToken: token, botUserId: user_id, botId: bot_id ?? '' };
  }

  async function find(team: string): Promise<SlackInstallation> {
    if (deps.botToken !== undefined) {
      single ??= testToken(deps.botToken);
      // A failed question is asked again by the next caller.
      single.catch(() => {
        single = undefined;
      });
      return single;
    }
    const now = deps.clock.now().getTime();
    const remembered = known.get(team);
    if (remembered !== undefined && now - remembered.at < BELIEVED_MS) return remembered.installation;
    const installation = await deps.installations?.find(team);
    if (installation === undefined) throw new Error(`Slack: Talbot is not installed in workspace ${team}`);
    known.set(team, { at: now, installation });
    return installation;
  }

  return {
    find,
    async forget(team) {
      known.delete(team);
      await deps.installations?.remove(team);
    },
    client: async (team) => clientOf(deps.botToken ?? (await find(team)).botToken),
  };
}

/** Answers within seconds or fails: whoever called decides about another try. */
export function clientOptions(apiUrl: string | undefined, logger: Logger): webApi.WebClientOptions {
  return {
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 15_000,
    allowAbsoluteUrls: true,
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  };
}
