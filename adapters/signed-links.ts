import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { coverageViews } from '../src/domain/coverage';
import type { Clock } from '../src/ports/clock';
import type { CoverageFile, Links, ResultFile } from '../src/ports/links';

const day = 86_400_000;
const resultMilliseconds = 7 * day;

/** A picture has no button that asks for it again, so its link lives as long as a thread is read. */
export const pictureLinkDays = 30;

const Ends = { e: z.number().int() };
const Payload = z.union([
  z.strictObject({ r: z.string().max(20), q: z.string().max(40), f: z.enum(['csv', 'json', 'parquet']), ...Ends }),
  z.strictObject({ p: z.string().max(64), ...Ends }),
  z.strictObject({ k: z.uuid(), ...Ends }),
  z.strictObject({ c: z.enum(['navigator', 'csv']), o: z.enum(coverageViews), ...Ends }),
]);

/** What a link may name. */
export type LinkedFile =
  | (ResultFile & { kind: 'result' })
  | { kind: 'picture'; id: string }
  | { kind: 'file'; id: string }
  | (CoverageFile & { kind: 'coverage' });

export interface SignedLinks extends Links {
  /** What a token names, or why it is refused. */
  open(token: string): LinkedFile | 'forged' | 'expired';
  /** The same for a whole address; `forged` also where it leads elsewhere. */
  follow(url: string): LinkedFile | 'forged' | 'expired';
}

/** Links carry what they name, when they end (a week, pictures a month), and an HMAC-SHA-256 over both; the key never leaves the store. */
export function createSignedLinks(options: { key: string; publicUrl: () => string; clock: Clock }): SignedLinks {
  const sign = (body: string) => createHmac('sha256', options.key).update(body).digest('base64url');
  const prefix = () => `${options.publicUrl()}/files/`;
  const link = (named: object, expires: number) => {
    const body = Buffer.from(JSON.stringify({ ...named, e: expires })).toString('base64url');
    return `${prefix()}${body}.${sign(body)}`;
  };
  const now = () => options.clock.now().getTime();

  function open(token: string): LinkedFile | 'forged' | 'expired' {
    const [body, signature, ...more] = token.split('.');
    if (!body || !signature || more.length > 0) return 'forged';
    const expected = Buffer.from(sign(body));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
    const payload = Payload.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    if (!payload.success) return 'forged';
    if (payload.data.e < now()) return 'expired';
    if ('p' in payload.data) return { kind: 'picture', id: payload.data.p };
    if ('k' in payload.data) return { kind: 'file', id: payload.data.k };
    if ('c' in payload.data) return { kind: 'coverage', format: payload.data.c, of: payload.data.o };
    return { kind: 'result', run: payload.data.r, query: payload.data.q, format: payload.data.f };
  }

  return {
    result: (file) => link({ r: file.run, q: file.query, f: file.format }, now() + resultMilliseconds),
    coverage: (file) => link({ c: file.format, o: file.of }, now() + resultMilliseconds),
    file: (id) => link({ k: id }, now() + resultMilliseconds),
    picture(id) {
      // To the day: an equal picture drawn again on the same day has an equal link, and nothing is fetched or uploaded twice.
      const today = Math.floor(now() / day) * day;
      return link({ p: id }, today + (pictureLinkDays + 1) * day);
    },
    open,
    follow: (url) => (url.startsWith(prefix()) ? open(url.slice(prefix().length)) : 'forged'),
  };
}
