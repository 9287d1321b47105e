import { downloadSlackFile, isSlackFile } from '../../../adapters/slack/download-file';

test('the token goes to Slack’s own host only', async () => {
  expect(isSlackFile('https://files.slack.com/files-pri/T1-F1/download/a.yaml')).toBe(true);
  const others = [
    'http://files.slack.com/a',
    'https://files.slack.com.evil.example/a',
    'https://evil.example/files.slack.com',
    'https://x@files.slack.com/a',
    'https://files.slack.com:8443/a',
    'file:///etc/passwd',
    'nothing',
  ];
  const get = jest.fn<Promise<Response>, []>();
  for (const address of others) {
    expect(isSlackFile(address)).toBe(false);
    await expect(downloadSlackFile(address, 'xoxb-1', 10, get)).rejects.toThrow('not one of Slack');
  }
  expect(get).not.toHaveBeenCalled();
});

test('what is too large, or a page to log in, is refused', async () => {
  const address = 'https://files.slack.com/files-pri/T1-F1/download/a.yaml';
  const answer =
    (body: string, init: ResponseInit = {}) =>
    async () =>
      new Response(body, init);
  const bytes = await downloadSlackFile(address, 'xoxb-1', 10, answer('0123456789'));
  expect(Buffer.from(bytes).toString()).toBe('0123456789');
  await expect(downloadSlackFile(address, 'xoxb-1', 9, answer('0123456789'))).rejects.toThrow('too large');
  const page = answer('<html>', { headers: { 'Content-Type': 'text/html' } });
  await expect(downloadSlackFile(address, 'xoxb-1', 10, page)).rejects.toThrow('files:read');
  await expect(downloadSlackFile(address, 'xoxb-1', 10, answer('', { status: 302 }))).rejects.toThrow('files:read');
});
