import { cutText } from '../../src/chat/cut-text';
import type { CommandInfo } from '../../src/commands/dispatcher';
import { colorIcon, outlineIcon } from './icons';
import { zip } from './zip';

interface TeamsManifestOptions {
  /** The bot's app id, also the package's own. */
  appId: string;
  /** Where people reach Talbot; https, as the manifest's schema demands. */
  publicUrl: string;
  /** Of the package: Teams takes an update only under a higher one. */
  version: string;
  /** The organisation's own pages; `publicUrl` stands in, since the schema demands some. */
  privacyUrl?: string;
  termsUrl?: string;
  /** Slash commands, which the schemas know in the developers' preview only. */
  slashCommands?: boolean;
}

/** Commands of one menu: 10 by the documentation, 12 by the schema (create-a-bot-commands-menu). */
const MAX_COMMANDS = 10;
const MAX_COMMAND_TITLE = 32;
const MAX_COMMAND_DESCRIPTION = 128;

/** Read by Teams before the bot may hear messages that do not mention it (channel-messages-for-bots-and-agents). */
const HEARS = [
  { name: 'ChannelMessage.Read.Group', type: 'Application' },
  { name: 'ChatMessage.Read.Chat', type: 'Application' },
];

/** The Teams app package, a zip to be uploaded in Teams's admin centre or "Manage your apps". Throws where the address is not https. */
export function teamsAppPackage(catalogue: readonly CommandInfo[], options: TeamsManifestOptions): Uint8Array {
  const manifest = `${JSON.stringify(teamsManifest(catalogue, options), null, 2)}\n`;
  return zip([
    { name: 'manifest.json', bytes: new TextEncoder().encode(manifest) },
    { name: 'color.png', bytes: colorIcon() },
    { name: 'outline.png', bytes: outlineIcon() },
  ]);
}

export function teamsManifest(catalogue: readonly CommandInfo[], options: TeamsManifestOptions) {
  const url = new URL(options.publicUrl);
  if (url.protocol !== 'https:')
    throw new Error(`a Teams app needs an https address as PUBLIC_URL, not ${options.publicUrl}`);
  const scopes = ['personal', 'team', 'groupChat'];
  const version = options.slashCommands === true ? 'devPreview' : '1.19';
  const schema =
    version === 'devPreview'
      ? 'https://raw.githubusercontent.com/OfficeDev/microsoft-teams-app-schema/preview/DevPreview/MicrosoftTeams.schema.json'
      : 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json';
  return {
    $schema: schema,
    manifestVersion: version,
    version: options.version,
    id: options.appId,
    developer: {
      name: 'Talbot',
      websiteUrl: url.href,
      privacyUrl: options.privacyUrl ?? url.href,
      termsOfUseUrl: options.termsUrl ?? url.href,
    },
    name: { short: 'Talbot', full: 'Talbot, the hunting hound in the channel' },
    description: {
      short: 'Whole threat hunts, end to end, in chats and channels.',
      full: 'Talbot lets a security team run whole threat hunts in Teams: hypotheses, queries on logs, results, bookmarks, comments and verdicts. Mention it in a channel, or write to it in a chat of its own; help says what it can do.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#3B2F2F',
    bots: [
      {
        botId: options.appId,
        scopes,
        supportsFiles: true,
        isNotificationOnly: false,
        ...(options.slashCommands === true ? { supportsTargetedMessages: true } : {}),
        commandLists: [
          {
            scopes,
            ...(options.slashCommands === true ? { triggers: ['mention', 'slash'] } : {}),
            commands: menuOf(catalogue),
          },
        ],
      },
    ],
    validDomains: [url.host],
    webApplicationInfo: { id: options.appId, resource: url.href },
    authorization: { permissions: { resourceSpecific: HEARS } },
  };
}

/** The commands that deserve a place in the menu; the others are in the help. */
function menuOf(catalogue: readonly CommandInfo[]): { title: string; description: string }[] {
  return catalogue
    .filter((command) => command.prominent && command.name.length <= MAX_COMMAND_TITLE)
    .slice(0, MAX_COMMANDS)
    .map((command) => ({ title: command.name, description: cutText(command.summary, MAX_COMMAND_DESCRIPTION) }));
}
