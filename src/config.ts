import { z } from 'zod';
import { Role } from './domain/role';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '::1']);

const url = (schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `must be a URL (${schemes.join(', ')})`,
    );

const web = url(['http:', 'https:']);

const admins = z.string().transform((text, context) => {
  const people = text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  for (const one of people) {
    if (!/^(slack|teams|web):[^\s:]+(:[^\s:]+)?$/.test(one))
      context.addIssue({ code: 'custom', message: `“${one}” is not like slack:U0123 or teams:<aadObjectId>` });
  }
  return people;
});

/** `feeds.example.org`, `10.1.2.3`, `localhost:8080`. */
const hosts = z.string().transform((text, context) => {
  const listed = text
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);
  for (const one of listed) {
    if (!/^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:]+\]|[0-9a-f]*:[0-9a-f:]+)(:\d{1,5})?$/.test(one))
      context.addIssue({ code: 'custom', message: `“${one}” is no host, like raw.githubusercontent.com` });
  }
  return listed;
});

/** Every setting, with what it means as its description: the README's table is made of these. */
export const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978).describe('Port that the one HTTP server listens on'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address it listens on; only this machine by default'),
  PUBLIC_URL: web.optional().describe('Where people reach Talbot’s own signed download links (http://HOST:PORT)'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .optional()
    .describe('How much the log tells (warn on a loopback HOST, info elsewhere)'),
  TALBOT_DATA: z.string().min(1).default('./.talbot').describe('Folder of the embedded mode’s state'),
  TALBOT_LOGS: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of log tables for the embedded engine (the generated sample)'),
  TALBOT_EXTERNAL_DATA_HOSTS: hosts
    .default([])
    .describe('Hosts that externaldata in queries may read from over https: raw.githubusercontent.com,… (none)'),
  TALBOT_GEO_DATABASE: z
    .string()
    .min(1)
    .optional()
    .describe('MaxMind database (.mmdb) for geo_info_from_ip_address(); the function is refused without one'),
  TALBOT_WATCHLISTS: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of watchlists, one CSV file each, for _GetWatchlist() (watchlists/ inside TALBOT_LOGS)'),
  TALBOT_ATTACK: z
    .string()
    .min(1)
    .optional()
    .describe(
      'ATT&CK Enterprise as a STIX bundle (enterprise-attack.json), for “attack load” (what comes with Talbot)',
    ),
  TALBOT_CONTENT: z
    .string()
    .min(1)
    .optional()
    .describe('Folder that administrators may import hunting content from, with “content import FOLDER” (none)'),
  TALBOT_NOW: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe('The clock of now() and ago() in queries (real time)'),
  TALBOT_ENGINE: z
    .enum(['duckdb', 'log-analytics', 'data-explorer'])
    .default('duckdb')
    .describe('Default query engine: duckdb is the embedded one, log-analytics and data-explorer are Azure’s'),
  LOG_ANALYTICS_WORKSPACE_ID: z
    .string()
    .regex(/^[\w-]+$/, 'must be the workspace’s id, a GUID')
    .optional()
    .describe('Log Analytics: id of the workspace; tokens come from Azure’s default chain of identities'),
  LOG_ANALYTICS_RESOURCE_ID: z
    .string()
    .regex(
      /^\/subscriptions\/[^/]+\/.+\/workspaces\/[^/]+$/i,
      'must begin with /subscriptions/ and end with the workspace',
    )
    .optional()
    .describe(
      'Log Analytics: the workspace’s Azure resource id, for links that open the portal with a query (no links)',
    ),
  LOG_ANALYTICS_ENDPOINT: web
    .optional()
    .describe('Log Analytics: where the service is (https://api.loganalytics.azure.com)'),
  DATA_EXPLORER_CLUSTER: web
    .optional()
    .describe('Data Explorer: the cluster, like https://NAME.REGION.kusto.windows.net'),
  DATA_EXPLORER_DATABASE: z.string().min(1).optional().describe('Data Explorer: the database'),
  TALBOT_PLAYBOOKS: z
    .string()
    .min(1)
    .optional()
    .describe('YAML file of playbooks: signed calls that people run on incidents and entities (none)'),
  TALBOT_RULE_APPROVAL: z
    .enum(['required', 'none'])
    .default('required')
    .describe('Whether a second person approves the enabling of an analytics rule: required or none (required)'),
  TALBOT_RESULT_ROWS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(100_000)
    .describe('Rows kept of one query’s result'),
  TALBOT_QUERY_MINUTES: z.coerce.number().min(0.1).max(120).default(10).describe('Time that one query may take'),
  TALBOT_RESULT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3660)
    .default(180)
    .describe('Days that the rows of a run are kept; bookmarks keep theirs'),
  TALBOT_QUERIES_AT_ONCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('Queries that one worker runs at the same time'),
  MONGODB_URL: url(['mongodb:', 'mongodb+srv:']).optional().describe('MongoDB carries the state; unset: embedded'),
  REDIS_URL: url(['redis:', 'rediss:']).optional().describe('Redis carries the queue; unset: embedded'),
  SLACK_BOT_TOKEN: z
    .string()
    .optional()
    .describe('Slack: the bot’s token (xoxb-…); all SLACK_ settings unset: Slack is off'),
  SLACK_SIGNING_SECRET: z.string().optional().describe('Slack: what signs its requests'),
  SLACK_APP_TOKEN: z
    .string()
    .optional()
    .describe('Slack: app-level token (xapp-…) for Socket Mode, which needs no public address'),
  SLACK_CLIENT_ID: z
    .string()
    .optional()
    .describe('Slack: for several workspaces, in place of the bot token: the app’s client id …'),
  SLACK_CLIENT_SECRET: z.string().optional().describe('… its client secret'),
  SLACK_STATE_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe('… and any long secret of your own, for the installation at /slack/install'),
  SLACK_API_URL: web.optional().describe('Slack: where its Web API is (Slack’s own)'),
  MicrosoftAppId: z
    .string()
    .optional()
    .describe('Teams: the bot’s application id; unset: anonymous, only on a loopback HOST'),
  MicrosoftAppPassword: z.string().optional().describe('Teams: its secret'),
  MicrosoftAppTenantId: z.string().optional().describe('Teams: its tenant'),
  MicrosoftAppType: z
    .enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'])
    .optional()
    .describe('Teams: kind of registration'),
  TALBOT_ADMINS: admins.default([]).describe('Who is administrator: slack:U…,teams:<aadObjectId>'),
  TALBOT_DEFAULT_ROLE: Role.optional().describe(
    'Role of everyone else: reader, hunter, lead or admin (reader; in the local anonymous mode admin)',
  ),
});

export interface Config extends z.infer<typeof Settings> {
  loopback: boolean;
  /**
   * Nobody but this machine is meant to reach it: loopback, and nothing set that brings requests from outside. Only then are the chat
   * page and an anonymous Teams served, for a reverse proxy makes outside requests look local.
   */
  local: boolean;
  publicUrl: string;
}

export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `${faults.length === 1 ? 'A setting is' : `${faults.length} settings are`} wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

function slackFaults(settings: z.infer<typeof Settings>): string[] {
  const { SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: signing, SLACK_APP_TOKEN: app } = settings;
  const oauth = [settings.SLACK_CLIENT_ID, settings.SLACK_CLIENT_SECRET, settings.SLACK_STATE_SECRET];
  const given = oauth.filter((one) => one !== undefined).length;
  if (given > 0 && given < 3) return ['SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET go together'];
  if (given === 3 && token)
    return ['SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for several: set one of the two'];
  if (given === 3 && (!signing || !settings.PUBLIC_URL))
    return ['Several Slack workspaces need SLACK_SIGNING_SECRET and PUBLIC_URL'];
  if (token && !signing && !app)
    return [
      'SLACK_BOT_TOKEN is set: SLACK_SIGNING_SECRET (signed HTTP) or SLACK_APP_TOKEN (Socket Mode) is needed too',
    ];
  return !token && given === 0 && (signing || app) ? ['SLACK_BOT_TOKEN is missing'] : [];
}

/** The secret that a file of playbooks names, from the environment. */
export function readSecret(name: string): string | undefined {
  return process.env[name];
}

/** Reads the settings once; throws a ConfigError that names every fault. Empty values count as unset. Values never appear in a fault: some are secret. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = Settings.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const settings = parsed.data;
  const faults: string[] = [];
  const loopback = loopbackHosts.has(settings.HOST);
  faults.push(...slackFaults(settings));
  if (settings.MicrosoftAppId && settings.MicrosoftAppType !== 'UserAssignedMSI' && !settings.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword is missing');
  if (settings.MicrosoftAppId && settings.MicrosoftAppType !== 'MultiTenant' && !settings.MicrosoftAppTenantId)
    faults.push('MicrosoftAppTenantId is missing');
  if ((settings.MONGODB_URL === undefined) !== (settings.REDIS_URL === undefined))
    faults.push('MONGODB_URL and REDIS_URL go together: set both for production, neither for the embedded mode');
  faults.push(...engineFaults(settings));
  if (faults.length > 0) throw new ConfigError(faults);
  const host = settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST;
  return {
    ...settings,
    loopback,
    local:
      loopback &&
      settings.PUBLIC_URL === undefined &&
      settings.SLACK_SIGNING_SECRET === undefined &&
      settings.MicrosoftAppId === undefined,
    publicUrl: (settings.PUBLIC_URL ?? `http://${host}:${settings.PORT}`).replace(/\/+$/, ''),
  };
}

function engineFaults(settings: z.infer<typeof Settings>): string[] {
  const faults: string[] = [];
  const { TALBOT_ENGINE, LOG_ANALYTICS_WORKSPACE_ID, LOG_ANALYTICS_ENDPOINT } = settings;
  const { DATA_EXPLORER_CLUSTER, DATA_EXPLORER_DATABASE } = settings;
  if (!LOG_ANALYTICS_WORKSPACE_ID && TALBOT_ENGINE === 'log-analytics')
    faults.push('TALBOT_ENGINE is log-analytics: LOG_ANALYTICS_WORKSPACE_ID is needed too');
  if (!LOG_ANALYTICS_WORKSPACE_ID && LOG_ANALYTICS_ENDPOINT)
    faults.push('LOG_ANALYTICS_ENDPOINT is set: LOG_ANALYTICS_WORKSPACE_ID is needed too');
  if (!DATA_EXPLORER_CLUSTER && !DATA_EXPLORER_DATABASE && TALBOT_ENGINE === 'data-explorer')
    faults.push('TALBOT_ENGINE is data-explorer: DATA_EXPLORER_CLUSTER and DATA_EXPLORER_DATABASE are needed too');
  if (!DATA_EXPLORER_CLUSTER !== !DATA_EXPLORER_DATABASE)
    faults.push('DATA_EXPLORER_CLUSTER and DATA_EXPLORER_DATABASE go together: set both or neither');
  for (const [name, address] of Object.entries({ LOG_ANALYTICS_ENDPOINT, DATA_EXPLORER_CLUSTER })) {
    if (address && new URL(address).protocol === 'http:' && !isLoopback(new URL(address).hostname))
      faults.push(`${name} must begin with https://: a token in clear goes to this machine only`);
  }
  return faults;
}

function isLoopback(hostname: string): boolean {
  return loopbackHosts.has(hostname.replace(/^\[|\]$/g, ''));
}
