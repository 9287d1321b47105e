import { recogniseIndicator } from '../../src/domain/recognise-indicator';
import { refang } from '../../src/domain/refang';

test.each([
  ['hxxps[:]//evil[.]example/a?b=1', 'url', 'https://evil.example/a?b=1'],
  ['hxxp://198[.]51[.]100[.]7:8080/x', 'url', 'http://198.51.100.7:8080/x'],
  ['evil[.]example', 'domain-name', 'evil.example'],
  ['Evil(dot)EXAMPLE.', 'domain-name', 'evil.example'],
  ['bücher.example', 'domain-name', 'xn--bcher-kva.example'],
  ['evil.example/login', 'url', 'http://evil.example/login'],
  ['Mallory[at]evil[.]example', 'email-addr', 'mallory@evil.example'],
  ['198.51.100[.]7', 'ipv4-addr', '198.51.100.7'],
  ['2001:DB8:0:0::1', 'ipv6-addr', '2001:db8::1'],
  ['“198.51.100.7”'.replace(/[“”]/g, '"'), 'ipv4-addr', '198.51.100.7'],
  ['A'.repeat(32), 'file-md5', 'a'.repeat(32)],
  ['b'.repeat(40), 'file-sha1', 'b'.repeat(40)],
  ['C'.repeat(64), 'file-sha256', 'c'.repeat(64)],
])('%s is recognised', (text, kind, value) => {
  expect(recogniseIndicator(text)).toMatchObject({ kind, value });
});

test.each([
  '',
  '   ',
  'hello',
  '10.0.0.0/8',
  'a'.repeat(33),
  'javascript:alert(1)',
  'http://',
  'a@b@c.example',
  '\u0000.example',
  `${'a.'.repeat(2000)}example`,
])('%j is no indicator, and the answer says why', (text) => {
  const read = recogniseIndicator(text);
  expect('fault' in read && read.fault.length > 10).toBe(true);
});

test.each([
  '10.1.2.3',
  '127.0.0.1',
  'fe80::1',
  'microsoft.com',
  'https://www.google.com/',
  'd41d8cd98f00b204e9800998ecf8427e',
])('%s is taken with a caution', (text) => {
  expect(recogniseIndicator(text)).toHaveProperty('caution');
});

test('an address of many names is recognised in time that grows with its length', () => {
  for (const text of [
    '[.]'.repeat(20_000),
    '(dot) '.repeat(20_000),
    `h${' . '.repeat(20_000)}`,
    `a${' '.repeat(200_000)}b`,
  ]) {
    expect(typeof refang(text)).toBe('string');
  }
});

test('what is recognised is recognised as itself again', () => {
  const texts = [
    'hxxps://a[.]example/%7Eb',
    'x.y.example',
    'a@b.example',
    '192.0.2.1',
    '2001:db8::5',
    'ftp://a.example/b',
  ];
  for (const text of texts) {
    const read = recogniseIndicator(text);
    if ('fault' in read) throw new Error(read.fault);
    expect(recogniseIndicator(read.value)).toEqual(read);
  }
});
