import { isTrustedServiceUrl } from '../../../adapters/teams/service-url';

test.each([
  ['https://smba.trafficmanager.net/emea/tenant/', true],
  ['https://smba.infra.gcc.teams.microsoft.com/', true],
  ['https://smba.infra.gov.teams.microsoft.us/', true],
  ['https://api.botframework.com/', true],
  ['http://smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net:8443/', false],
  ['https://smba.trafficmanager.net.evil.test/', false],
  ['https://evil.trafficmanager.net/', false],
  ['https://evilbotframework.com/', false],
  ['https://user:pass@smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net@evil.test/', false],
  ['http://127.0.0.1:3978/', false],
  ['http://169.254.169.254/latest/', false],
  ['', false],
  ['javascript:alert(1)', false],
])('with credentials: %s -> %s', (address, trusted) => {
  expect(isTrustedServiceUrl(address, false)).toBe(trusted);
});

test.each([
  ['http://127.0.0.1:56150/_connector', true],
  ['http://localhost:56150/_connector', true],
  ['http://[::1]:56150/', true],
  ['http://127.1.2.3/', true],
  ['http://127.0.0.1.evil.test/', false],
  ['http://localhost.evil.test/', false],
  ['http://169.254.169.254/latest/', false],
  ['http://10.0.0.1/', false],
  ['https://smba.trafficmanager.net/', false],
  ['file:///etc/passwd', false],
])('anonymously: %s -> %s', (address, trusted) => {
  expect(isTrustedServiceUrl(address, true)).toBe(trusted);
});
