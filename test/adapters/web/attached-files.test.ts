import { createChatClient } from './chat-client';
import { startDemoServer } from './demo-server';

test('a file is uploaded, goes along with the next message, and is nobody else’s', async () => {
  const server = await startDemoServer({ pause: 5 });
  try {
    const client = await createChatClient(server);
    const upload = (as: string, headers = {}) =>
      fetch(`${server.url}/chat/files?as=${as}&name=a.kql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream', Cookie: client.cookie, ...headers },
        body: 'SigninLogs',
      });
    const kept: { file: string } = JSON.parse(await (await upload('ada')).text());
    expect(kept).toMatchObject({ name: 'a.kql', size: 10 });
    await client.post('messages', { channel: 'hunting', text: '/hunt content import', file: kept.file });
    expect(server.dispatcher.seen).toEqual([
      expect.objectContaining({ text: 'content import', files: [{ name: 'a.kql', size: 10, handle: kept.file }] }),
    ]);
    const of: { file: string } = JSON.parse(await (await upload('lee')).text());
    await client.post('messages', { channel: 'hunting', text: '/hunt x', file: of.file }, 404);
    expect((await upload('ada', { Cookie: 'talbot_0=no' })).status).toBe(403);
    expect((await upload('ada', { 'Content-Type': 'text/plain' })).status).toBe(403);
    expect((await upload('ada', { Origin: 'https://evil.example' })).status).toBe(403);
  } finally {
    await server.close();
  }
});
