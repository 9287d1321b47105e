import { createServer } from 'node:http';
import { CloudAdapter } from 'botbuilder';
import { z } from 'zod';
import { createAuthentication } from '../../../adapters/teams/authenticate';
import { createConnector } from '../../../adapters/teams/connector';
import { createOutbox } from '../../../adapters/teams/outbox';
import { routeToText } from '../../../adapters/teams/route';

/** A service that answers as told, and counts. */
async function startService(status: number | 'never', headers: Record<string, string> = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (status === 'never') return;
    response.writeHead(status, headers).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const outbox = createOutbox({ sleep: async () => {} });
  const cloud = new CloudAdapter(createAuthentication({}));
  const connector = createConnector({ cloud, appId: '', outbox, sendMilliseconds: 50 });
  const route = routeToText({ serviceUrl: `http://127.0.0.1:${port}/`, kind: 'channel', botId: '28:x' });
  const thread = { platform: 'teams', tenant: 't', channel: '19:c@thread.tacv2', root: '1', route } as const;
  return {
    asked,
    connector,
    thread,
    async stop() {
      outbox.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const MESSAGE = { type: 'message', text: 'x' };

test('a service that never answers is given up, once', async () => {
  const { connector, thread, asked, stop } = await startService('never');
  await expect(connector.send(thread, MESSAGE)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(connector.react({ thread, id: '2' }, 'like')).rejects.toMatchObject({ code: 'unavailable' });
  expect(asked).toEqual([
    'POST /v3/conversations/19%3Ac%40thread.tacv2%3Bmessageid%3D1/activities',
    'PUT /v3/conversations/19%3Ac%40thread.tacv2%3Bmessageid%3D1/activities/2/reactions/like',
  ]);
  await stop();
});

test('a redirect is not followed: the token would go along', async () => {
  const { connector, thread, asked, stop } = await startService(307, { location: 'http://127.0.0.1:1/elsewhere' });
  await expect(connector.send(thread, MESSAGE)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(connector.react({ thread, id: '2' }, 'like')).rejects.toMatchObject({ code: 'unavailable' });
  expect(asked).toHaveLength(2);
  await stop();
});

test('what Teams asks to be tried again is tried four times, what may have arrived once', async () => {
  const busy = await startService(502);
  await expect(busy.connector.send(busy.thread, MESSAGE)).rejects.toMatchObject({ code: 'unavailable' });
  expect(busy.asked).toHaveLength(4);
  await busy.stop();
  const broken = await startService(500);
  await expect(broken.connector.send(broken.thread, MESSAGE)).rejects.toMatchObject({ code: 'unavailable' });
  expect(broken.asked).toHaveLength(1);
  await broken.stop();
});

test('one failed send does not hold up those behind it', async () => {
  const { connector, thread, asked, stop } = await startService(404);
  const sends = await Promise.allSettled([1, 2, 3].map(() => connector.send(thread, MESSAGE)));
  expect(sends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toHaveLength(3);
  await stop();
});
