import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';
import { startFakeSlack } from '../fakes/slack/start-fake-slack';
import { startProgram } from '../scenarios/program';
import { freePort } from '../servers';

const rounds = 200;
const heavy =
  'union Device*, SecurityEvent | extend k=1 | join kind=inner (SecurityEvent | extend k=1 | take 20000) on k | summarize count()';

/**
 * `npm run bench`: how much longer Slack waits for an acknowledgement while four heavy queries run than while nothing does. The real
 * program on embedded parts, signed requests, a Slack on loopback.
 */
async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-bench-'));
  const slack = await startFakeSlack({ rateLimits: false });
  const logs = join(folder, 'logs');
  await generateSampleLogs(logs, { now: new Date(), days: 10 });
  const port = await freePort();
  const { botToken = '', apiUrl = '', signingSecret = '' } = slack.settings('http');
  const program = startProgram('adapters/start.ts', {
    PORT: String(port),
    TALBOT_DATA: join(folder, 'data'),
    TALBOT_LOGS: logs,
    TALBOT_DEFAULT_ROLE: 'admin',
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
    SLACK_SIGNING_SECRET: signingSecret,
  });
  try {
    await program.says('Talbot listens');
    slack.connect(`http://127.0.0.1:${port}/slack/events`);
    const user = slack.user('U1');
    const measure = async () => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const began = performance.now();
        const { status } = await user.command('C1', '/hunt list');
        if (status !== 200) throw new Error(`an acknowledgement was ${status}`);
        times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      return { median: times[Math.floor(rounds * 0.5)] ?? 0, p99: times[Math.floor(rounds * 0.99)] ?? 0 };
    };
    await measure();
    const idle = await measure();
    for (let query = 0; query < 4; query++) await user.command('C1', `/hunt kql ${heavy}`);
    const running = await slack.until(() => {
      const cards = slack.messages('C1').filter((message) => JSON.stringify(message.blocks).includes('running'));
      return cards.length >= 4 && cards;
    });
    const loaded = await measure();
    const line = (name: string, value: { median: number; p99: number }) =>
      process.stdout.write(`${name.padEnd(34)}median ${value.median.toFixed(1)} ms, p99 ${value.p99.toFixed(1)} ms\n`);
    line('acknowledged, nothing running', idle);
    line(`acknowledged, ${running.length} heavy queries`, loaded);
    process.stdout.write(
      `ratio                             median ${(loaded.median / idle.median).toFixed(2)}, p99 ${(loaded.p99 / idle.p99).toFixed(2)}\n`,
    );
  } finally {
    await program.kill();
    await slack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

bench().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
