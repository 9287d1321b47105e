import type { CommandInfo } from '../../src/commands/dispatcher';

export const scopes = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'im:write',
  'mpim:history',
  'reactions:write',
  'users:read',
] as const;

const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
] as const;

export interface ManifestOptions {
  /** Where Slack reaches Talbot; not needed in Socket Mode. */
  publicUrl: string | undefined;
  socketMode: boolean;
  /** Several workspaces: Slack sends people back here after an installation. */
  oauth: boolean;
}

/** The app as Slack's "create from a manifest" takes it. */
export function slackManifest(catalogue: readonly CommandInfo[], options: ManifestOptions) {
  const url = options.publicUrl === undefined ? undefined : new URL('/slack/events', options.publicUrl).href;
  const request = options.socketMode || url === undefined ? {} : { request_url: url };
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Talbot',
      description: 'The hunting hound in the channel: whole threat hunts, end to end.',
      background_color: '#3b2f2f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Talbot', always_online: true },
      shortcuts: [
        { name: 'New hunt', type: 'global', callback_id: 'new', description: 'Start a threat hunt' },
        {
          name: 'Add to hunt',
          type: 'message',
          callback_id: 'comment',
          description: 'Keep this message as a hunt comment',
        },
      ],
      slash_commands: [
        {
          command: '/hunt',
          description: 'Hunt threats: new, run, results, bookmark …',
          usage_hint: usageHint(catalogue),
          should_escape: true,
          ...(options.socketMode || url === undefined ? {} : { url }),
        },
      ],
    },
    oauth_config: {
      ...(options.oauth && options.publicUrl !== undefined
        ? { redirect_urls: [new URL('/slack/oauth_redirect', options.publicUrl).href] }
        : {}),
      scopes: { bot: [...scopes] },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: [...botEvents] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: options.socketMode,
      token_rotation_enabled: false,
    },
  };
}

/** The prominent commands by name, as many as stay readable in Slack's one line. */
function usageHint(catalogue: readonly CommandInfo[]): string {
  const names = catalogue.filter((command) => command.prominent).map((command) => command.name);
  const hint = `[${names.slice(0, 10).join(' | ')}]`;
  return names.length === 0 ? '[help]' : hint;
}
