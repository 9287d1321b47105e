import { isPrivate, listedHosts } from '../../../src/engines/duckdb/external/listed-hosts';

const { refusal, mayCall } = listedHosts([
  'feeds.example.org',
  'other.example.org:8443',
  '10.1.2.3:8443',
  'localhost:8080',
]);

test.each([
  'https://feeds.example.org/a.csv',
  'https://FEEDS.example.org:443/a.csv?x=1',
  'https://other.example.org:8443/',
  'https://10.1.2.3:8443/x',
  'http://localhost:8080/x',
])('reads %s', (url) => {
  expect(refusal(url)).toBeUndefined();
});

test.each([
  ['https://feeds.example.org:8443/', 'the host feeds.example.org:8443 is not one'],
  ['https://other.example.org/', 'the host other.example.org is not one'],
  ['https://feeds.example.org.evil.example/', 'is not one'],
  ['https://feeds.example.org@evil.example/', 'a name and a password'],
  ['https://evil.example/feeds.example.org', 'is not one'],
  ['http://feeds.example.org/', 'only https'],
  ['http://localhost:8081/', 'the host localhost:8081 is not one'],
  ['ftp://feeds.example.org/', 'only https'],
  ['data:text/csv,a', 'only https'],
  ['https://2130706433/', 'the host 127.0.0.1 is not one'],
  ['https://0x7f.1/', 'the host 127.0.0.1 is not one'],
  ['http://127.1:8080/', 'the host 127.0.0.1:8080 is not one'],
  ['https://[::ffff:10.1.2.3]:8443/', 'is not one'],
  ['https://féeds.example.org/', 'the host xn--feds-bpa.example.org is not one'],
  ['https://feeds.example.org%2eevil.example/', 'is not one'],
  ['file:///etc/passwd', 'only https'],
  ['no address', 'is not an address'],
])('does not read %s', (url, why) => {
  expect(refusal(url)).toContain(why);
});

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
])('no public host is at %s', (address) => {
  expect(isPrivate(address)).toBe(true);
  expect(isPrivate(`::ffff:${address}`)).toBe(true);
  expect(mayCall(address, 'feeds.example.org', '')).toBe(false);
});
test.each(['::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1'])(
  'nor at %s',
  (address) => {
    expect(isPrivate(address)).toBe(true);
  },
);

test('a private address may be called where it is listed itself, this machine by its own names', () => {
  expect(mayCall('10.1.2.3', 'other.example.org', '8443')).toBe(true);
  expect(mayCall('10.1.2.3', 'feeds.example.org', '')).toBe(false);
  expect(mayCall('10.1.2.3', 'feeds.example.org', '22')).toBe(false);
  expect(mayCall('127.0.0.1', 'feeds.example.org', '')).toBe(false);
  expect(mayCall('127.0.0.1', 'feeds.example.org', '8080')).toBe(false);
  expect(listedHosts(['feeds.example.org', '10.1.2.3']).mayCall('10.1.2.3', 'feeds.example.org', '')).toBe(true);
  expect(mayCall('127.0.0.1', 'localhost', '8080')).toBe(true);
  expect(mayCall('93.184.216.34', 'feeds.example.org', '')).toBe(true);
  expect(mayCall('2606:4700::6810:1', 'feeds.example.org', '')).toBe(true);
});
