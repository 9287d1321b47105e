import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The play and its stand-ins for Slack and Teams are compiled from `test/demo`: a development command, not part of an installation. */
async function demo(): Promise<void> {
  const play = join(__dirname, '..', '..', 'test', 'demo', 'play-demo.js');
  if (!existsSync(play)) {
    process.stderr.write('The demo needs the whole project: git clone, npm ci, npm run demo.\n');
    process.exitCode = 1;
    return;
  }
  await import(pathToFileURL(play).href);
}

void demo();
