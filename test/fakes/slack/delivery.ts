import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import WebSocket from 'ws';

/** What the app answered to a delivery: the status (200 for a socket's acknowledgement) and its body as JSON, `{}` where empty. */
export interface Delivered {
  status: number;
  body: Record<string, unknown>;
}

export type DeliveryKind = 'slash_commands' | 'events_api' | 'interactive';

export interface DeliveryOptions {
  retry?: number;
  /** Seconds by which the signed time is off. */
  skew?: number;
  /** Signs with another secret. */
  forged?: boolean;
}

/** Signed requests as Slack makes them. */
export async function deliverByHttp(
  url: string,
  secret: string,
  kind: DeliveryKind,
  payload: Record<string, unknown>,
  options: DeliveryOptions = {},
): Promise<Delivered> {
  const body = encoded(kind, payload);
  const timestamp = Math.floor(Date.now() / 1000) + (options.skew ?? 0);
  const key = options.forged ? `${secret}x` : secret;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`,
      ...(options.retry !== undefined && {
        'x-slack-retry-num': String(options.retry),
        'x-slack-retry-reason': 'http_timeout',
      }),
    },
    body,
    signal: AbortSignal.timeout(3000),
  });
  const answer = await response.text();
  return { status: response.status, body: answer.startsWith('{') ? JSON.parse(answer) : {} };
}

function encoded(kind: DeliveryKind, payload: Record<string, unknown>): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

export interface SocketSide {
  deliver(kind: DeliveryKind, payload: Record<string, unknown>, options?: DeliveryOptions): Promise<Delivered>;
  connected(): number;
  /** Every connection breaks, as connections do. */
  drop(): void;
  close(): void;
}

/** Socket Mode's other end: an envelope goes to one of the open connections and is acknowledged by its id. */
export function createSocketSide(server: Server): SocketSide {
  const sockets = new WebSocket.Server({ server, path: '/socket' });
  const waiting = new Map<string, (answer: Delivered | Error) => void>();
  let count = 0;
  sockets.on('connection', (socket: WebSocket) => {
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: sockets.clients.size, connection_info: { app_id: 'A1' } }),
    );
    socket.on('message', (data: WebSocket.Data) => {
      const { envelope_id, payload } = JSON.parse(String(data));
      waiting.get(envelope_id)?.({ status: 200, body: payload ?? {} });
      waiting.delete(envelope_id);
    });
  });
  return {
    deliver(kind, payload, options = {}) {
      const [socket] = sockets.clients;
      if (socket === undefined) throw new Error('nobody listens in Socket Mode');
      count += 1;
      const envelope_id = `envelope-${count}`;
      const retry = options.retry === undefined ? {} : { retry_attempt: options.retry, retry_reason: 'timeout' };
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('no acknowledgement within 3 seconds')), 3000);
        waiting.set(envelope_id, (answer) => {
          clearTimeout(late);
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        });
        socket.send(
          JSON.stringify({
            envelope_id,
            type: kind,
            payload,
            accepts_response_payload: kind !== 'events_api',
            ...retry,
          }),
        );
      });
    },
    connected: () => sockets.clients.size,
    drop: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    close: () => {
      for (const settle of waiting.values()) settle(new Error('the connection ended'));
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
