import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FakeRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** The client went away before it had its answer. */
  dropped: boolean;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Text is sent as it is, everything else as JSON. */
  body: unknown;
  /** Milliseconds before the answer; `never` leaves the client waiting. */
  after?: number | 'never';
}

export interface HttpFake {
  url: string;
  requests: FakeRequest[];
  close(): Promise<void>;
}

/** A service on loopback that keeps every request and answers as it is told. */
export async function startHttpFake(answer: (request: FakeRequest) => FakeAnswer): Promise<HttpFake> {
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const request: FakeRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: text === '' ? undefined : JSON.parse(text),
      dropped: false,
    };
    outgoing.once('close', () => {
      request.dropped = !outgoing.writableFinished;
    });
    requests.push(request);
    const { status = 200, headers = {}, body, after = 0 } = answer(request);
    if (after === 'never') return;
    if (after > 0) await sleep(after);
    const asText = typeof body === 'string';
    outgoing.writeHead(status, {
      'Content-Type': asText ? 'text/html' : 'application/json; charset=utf-8',
      ...headers,
    });
    outgoing.end(asText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
