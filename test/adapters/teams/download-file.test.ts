import { downloadTeamsFile, isTeamsFile } from '../../../adapters/teams/download-file';
import type { InboundFile } from '../../../src/chat/inbound';
import { startFakeTeams } from '../../fakes/teams/fake-teams';
import { startBot } from './start-bot';

const address = 'https://contoso-my.sharepoint.com/personal/ada/_layouts/15/download.aspx?tempauth=x';

test('files come from Microsoft’s hosts alone, and from this machine only in the anonymous mode', async () => {
  expect(isTeamsFile(address, false)).toBe(true);
  expect(isTeamsFile('http://127.0.0.1:3000/a', true)).toBe(true);
  const get = jest.fn<Promise<Response>, []>();
  const others = [
    'http://contoso.sharepoint.com/a',
    'https://contoso.sharepoint.com.evil.example/a',
    'https://evilsharepoint.com/a',
    'https://x@contoso.sharepoint.com/a',
    'https://contoso.sharepoint.com:8443/a',
    'http://127.0.0.1:3000/a',
    'http://169.254.169.254/metadata',
    'file:///etc/passwd',
    'nothing',
  ];
  for (const other of others)
    await expect(downloadTeamsFile(other, false, 10, get)).rejects.toThrow('not one of Microsoft');
  await expect(downloadTeamsFile(address, true, 10, get)).rejects.toThrow('not one of Microsoft');
  expect(get).not.toHaveBeenCalled();
});

test('no token goes along, and a redirect, what is too large or does not answer is refused', async () => {
  const get = jest.fn(async (_address: unknown, _init?: RequestInit) => new Response('0123456789'));
  expect(Buffer.from(await downloadTeamsFile(address, false, 10, get)).toString()).toBe('0123456789');
  expect(get.mock.calls[0]?.[1]).toMatchObject({ redirect: 'manual' });
  expect(get.mock.calls[0]?.[1]?.headers).toBeUndefined();
  await expect(downloadTeamsFile(address, false, 9, get)).rejects.toThrow('too large');
  const moved = async () => new Response('', { status: 302, headers: { location: 'http://127.0.0.1/' } });
  await expect(downloadTeamsFile(address, false, 10, moved)).rejects.toThrow('302');
  const silent = async () => Promise.reject(new TypeError('fetch failed'));
  await expect(downloadTeamsFile(address, false, 10, silent)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a file sent in the personal chat reaches the dispatcher and can be read; in a channel there is none', async () => {
  const teams = await startFakeTeams();
  let read = '';
  let files: InboundFile[] | undefined;
  const bot = await startBot(
    async (inbound) => {
      if (inbound.kind !== 'text') return { kind: 'nothing' };
      files = inbound.files;
      const [file] = files ?? [];
      if (file) read = Buffer.from((await bot.platform.download?.(inbound.thread, file, 1000)) ?? []).toString();
      return { kind: 'card', to: 'everyone', card: { title: 'Seen', tone: 'neutral', blocks: [] } };
    },
    { settings: teams.settings() },
  );
  teams.connect(bot.endpoint);
  try {
    const ada = teams.user('ada');
    const attach = { name: 'hunt.yaml', bytes: Buffer.from('id: 1') };
    await teams.answerTo(await ada.tell('content import', attach));
    expect(files).toMatchObject([{ name: 'hunt.yaml' }]);
    expect(read).toBe('id: 1');
    await teams.answerTo(await ada.say('channel:general', '<at>Talbot</at> content import', { attach }));
    expect(files).toBeUndefined();
  } finally {
    await bot.stop();
    await teams.stop();
  }
});
