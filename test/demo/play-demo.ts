import { buttonsOf, wordsOf } from '../fakes/slack/read-message';
import type { FakeMessage } from '../fakes/slack/workspace';
import { type DemoHouse, openDemoHouse } from './demo-house';
import { createTranscript, type Transcript } from './transcript';

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One hunt from its hypothesis to its verdict: begun in Slack, joined from Teams. */
async function play({ slack, teams }: DemoHouse, transcript: Transcript): Promise<void> {
  const { card, heading, person } = transcript;
  const channel = 'C1';
  const ada = slack.user('U1');

  /** Slack's newest message of Talbot with these words. */
  const message = (words: string): Promise<FakeMessage> =>
    slack.until(() =>
      slack.workspace.messages.findLast((one) => one.bot_id !== undefined && wordsOf(one).includes(words)),
    );

  heading('Slack, #hunting');
  person('Ada', 'types: /hunt tables');
  await ada.command(channel, '/hunt tables');
  await card(/^8 tables/);

  person('Ada', 'types: /hunt new Somebody sprays passwords at us --techniques T1110.003');
  await ada.command(channel, '/hunt new Somebody sprays passwords at us --techniques T1110.003');
  await card(/^H-1 ·/);
  const root = (await message('H-1 · Somebody')).ts;

  heading('Slack, the thread of H-1');
  person('Ada', 'types: @Talbot queries --table SigninLogs');
  await ada.say(channel, '@Talbot queries --table SigninLogs', root);
  await card(/hunting quer(y|ies) in the library: table SigninLogs$/);
  const library = await message('hunting queries in the library');
  const all = buttonsOf(library).find((label) => label.startsWith('Add all')) ?? 'Add all';
  person('Ada', `presses [${all}]`);
  await ada.press(library, all);
  await card(/quer(y|ies) added to H-1/);

  person('Ada', 'types: @Talbot run --since 10d');
  await ada.say(channel, '@Talbot run --since 10d', root);
  const { title } = await card(/^R-1 · [\d,]+ rows? from/);
  const result = await message(title);
  person('Ada', 'presses [Bookmark rows], and fills in the form');
  await ada.press(result, 'Bookmark rows');
  await slack.until(() => ada.view());
  await ada.submit({ query: 'Q-15', rows: '1', name: 'The address that got in' });
  await card(/^Bookmarked B-1/);

  person('Ada', 'replies: Marta says her phone kept asking until she said yes.');
  await ada.say(channel, 'Marta says her phone kept asking until she said yes.', root);

  heading('Teams, General');
  const lee = teams.user('lee', { name: 'Lee' });
  const place = 'channel:general';
  await teams.install(place);
  person('Lee', 'types, in a thread of his own: @Talbot link H-1');
  const start = await lee.say(place, 'The night shift’s hunt goes on here');
  await lee.say(place, '<at>Talbot</at> link H-1', { under: start });
  await card(/^This thread is tied to H-1/);
  const kql =
    'kql SigninLogs | where ResultType == "50126" | summarize Failures = count(), Accounts = dcount(UserPrincipalName) by IPAddress | top 5 by Accounts';
  person('Lee', `types: @Talbot ${kql}`);
  await lee.say(place, `<at>Talbot</at> ${kql}`, { under: start });
  await card(/^R-2 · [\d,]+ rows?$/);
  person('Lee', 'replies: Three rented addresses, the same two passwords.');
  await lee.say(place, 'Three rented addresses, the same two passwords.', { under: start });
  person('Lee', 'types: @Talbot hypothesis validated --because "one of three rented addresses got in"');
  await lee.say(place, '<at>Talbot</at> hypothesis validated --because "one of three rented addresses got in"', {
    under: start,
  });
  await card(/^H-1 · Somebody/);

  heading('Slack, the thread of H-1');
  person('Ada', 'types: @Talbot comments');
  await ada.say(channel, '@Talbot comments', root);
  await card(/^2 comments in H-1/);
  person('Ada', 'types: @Talbot close');
  await ada.say(channel, '@Talbot close', root);
  await card(/^H-1 is closed/);
}

async function main(): Promise<void> {
  const transcript = createTranscript(write);
  const started = performance.now();
  const house = await openDemoHouse(transcript, write);
  try {
    await play(house, transcript);
  } finally {
    await house.close();
  }
  write(`\nThat was a hunt, in ${Math.round((performance.now() - started) / 1000)} seconds. Nothing of it was kept.`);
}

// Ctrl+C too leaves nothing behind.
process.once('SIGINT', () => process.exit(130));

main().catch((error: unknown) => {
  process.stderr.write(
    `The demo broke off. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
