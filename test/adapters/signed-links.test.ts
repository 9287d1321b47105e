import { createSignedLinks } from '../../adapters/signed-links';

const time = { now: new Date('2026-11-24T12:00:00Z') };
const clock = { now: () => time.now };
const links = createSignedLinks({ key: 'a key', publicUrl: () => 'https://talbot.example', clock });
const file = { run: 'R-1', query: 'Q-2', format: 'csv' } as const;
const opened = { kind: 'result', ...file };

beforeEach(() => {
  time.now = new Date('2026-11-24T12:00:00Z');
});

function tokenOf(link: string): string {
  return link.slice('https://talbot.example/files/'.length);
}

test('a link opens what it names, for seven days', () => {
  const token = tokenOf(links.result(file));
  expect(links.open(token)).toEqual(opened);
  time.now = new Date('2026-12-01T11:59:59Z');
  expect(links.open(token)).toEqual(opened);
  time.now = new Date('2026-12-01T12:00:01Z');
  expect(links.open(token)).toBe('expired');
});

test('a picture has its link for a month, the same all day', () => {
  const link = links.picture('abc');
  time.now = new Date('2026-11-24T23:59:00Z');
  expect(links.picture('abc')).toBe(link);
  time.now = new Date('2026-12-24T12:00:00Z');
  expect(links.follow(link)).toEqual({ kind: 'picture', id: 'abc' });
  expect(links.follow(link.replace('talbot.example', 'elsewhere.example'))).toBe('forged');
  time.now = new Date('2026-12-25T00:00:01Z');
  expect(links.follow(link)).toBe('expired');
});

test('a link to the coverage says which', () => {
  const link = links.coverage({ format: 'navigator', of: 'hunted' });
  expect(links.follow(link)).toEqual({ kind: 'coverage', format: 'navigator', of: 'hunted' });
});

test('no link can be made up or changed', () => {
  const token = tokenOf(links.result(file));
  const [body = '', signature = ''] = token.split('.');
  const other = Buffer.from(body, 'base64url').toString().replace('R-1', 'R-2');
  const foreign = createSignedLinks({ key: 'another key', publicUrl: () => '', clock });
  for (const forged of [
    `${Buffer.from(other).toString('base64url')}.${signature}`,
    `${body}.${signature.slice(0, -2)}aa`,
    `${body}.`,
    body,
    `${token}.x`,
    '',
    '__proto__.x',
    foreign.result(file).slice('/files/'.length),
  ])
    expect(links.open(forged)).toBe('forged');
});
