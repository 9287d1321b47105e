import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogueOf } from '../../src/commands/catalogue';
import { createRegistry } from '../../src/commands/registry';
import { readConfig } from '../../src/config';
import { slackManifest } from '../slack/manifest';
import { teamsAppPackage } from '../teams/manifest';

const version = '0.1.0';
const nobody = '00000000-0000-0000-0000-000000000000';

/** `npm run manifests`: writes the Slack app manifest and the Teams app package into `manifests/`. */
function writeManifests(): void {
  const config = readConfig();
  const catalogue = catalogueOf(createRegistry());
  const folder = path.resolve('manifests');
  mkdirSync(folder, { recursive: true });
  const say = (text: string) => process.stdout.write(`${text}\n`);

  const socketMode = config.SLACK_APP_TOKEN !== undefined || config.PUBLIC_URL === undefined;
  const slack = slackManifest(catalogue, {
    publicUrl: config.PUBLIC_URL,
    socketMode,
    oauth: config.SLACK_CLIENT_ID !== undefined,
  });
  writeFileSync(path.join(folder, 'slack.json'), `${JSON.stringify(slack, null, 2)}\n`);
  say(
    `manifests/slack.json   ${socketMode ? 'Socket Mode: no public address is needed' : `requests to ${config.PUBLIC_URL}/slack/events`}`,
  );

  if (!config.PUBLIC_URL?.startsWith('https:')) {
    say('manifests/teams.zip    left out: set PUBLIC_URL to the https address where Teams reaches Talbot');
    return;
  }
  const appId = config.MicrosoftAppId ?? nobody;
  writeFileSync(
    path.join(folder, 'teams.zip'),
    teamsAppPackage(catalogue, { appId, publicUrl: config.PUBLIC_URL, version }),
  );
  say(
    `manifests/teams.zip    ${appId === nobody ? 'with an empty app id: set MicrosoftAppId and write it again' : `for app ${appId}`}`,
  );
}

writeManifests();
