import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../src/ports/clock';
import type { Links, ResultFile } from '../src/ports/links';

const lifetimeMilliseconds = 7 * 86_400_000;

const Payload = z.object({
  r: z.string().max(20),
  q: z.string().max(40),
  f: z.enum(['csv', 'json']),
  e: z.number().int(),
});

export interface SignedLinks extends Links {
  /** What a link names, or why it is refused. */
  open(token: string): ResultFile | 'forged' | 'expired';
}

/** Links carry what they name, when they end (seven days), and an HMAC-SHA-256 over both; the key never leaves the store. */
export function createSignedLinks(options: { key: string; publicUrl: () => string; clock: Clock }): SignedLinks {
  const sign = (body: string) => createHmac('sha256', options.key).update(body).digest('base64url');
  return {
    result(file) {
      const expires = options.clock.now().getTime() + lifetimeMilliseconds;
      const body = Buffer.from(JSON.stringify({ r: file.run, q: file.query, f: file.format, e: expires })).toString(
        'base64url',
      );
      return `${options.publicUrl()}/files/${body}.${sign(body)}`;
    },
    open(token) {
      const [body, signature, ...more] = token.split('.');
      if (!body || !signature || more.length > 0) return 'forged';
      const expected = Buffer.from(sign(body));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
      const payload = Payload.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      if (!payload.success) return 'forged';
      if (payload.data.e < options.clock.now().getTime()) return 'expired';
      return { run: payload.data.r, query: payload.data.q, format: payload.data.f };
    },
  };
}
