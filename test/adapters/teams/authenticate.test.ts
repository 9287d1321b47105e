import { type FakeTeams, startFakeTeams } from '../../fakes/teams/fake-teams';
import { createTokenIssuer } from '../../fakes/teams/token-issuer';
import { startBot, type TestBot } from './start-bot';

const APP = '11111111-2222-4333-8444-555555555555';
const SERVICE = 'https://smba.trafficmanager.net/emea/';

describe('with credentials', () => {
  let teams: FakeTeams;
  let bot: TestBot;
  const said = {
    type: 'message',
    text: 'help',
    from: { id: '29:ada', name: 'Ada', aadObjectId: 'ada' },
    conversation: { id: 'a:ada', conversationType: 'personal', tenantId: 't' },
  };

  beforeAll(async () => {
    // The SDK tells refusals to the console as well.
    jest.spyOn(console, 'error').mockImplementation(() => {});
    teams = await startFakeTeams({ appId: APP, serviceUrl: SERVICE });
    bot = await startBot(() => ({ kind: 'nothing' }), { settings: teams.settings() });
    teams.connect(bot.endpoint);
  });

  afterAll(async () => {
    await bot.stop();
    await teams.stop();
    jest.restoreAllMocks();
  });

  beforeEach(() => {
    bot.inbounds.length = 0;
  });

  test('a signed activity is heard', async () => {
    expect((await teams.deliver(said)).status).toBe(200);
    expect(bot.inbounds).toHaveLength(1);
  });

  const hour = 60 * 60;
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, () => string]>([
    ['unsigned', () => ''],
    ['no token at all', () => 'Bearer nonsense'],
    ['another scheme', () => 'Basic YTpi'],
    ['signed by somebody else', () => createTokenIssuer(APP, SERVICE).authorization({})],
    ['for another bot', () => teams.issuer.authorization({ aud: 'another' })],
    ['from another issuer', () => teams.issuer.authorization({ iss: 'https://evil.test' })],
    [
      'as if from the directory',
      () => teams.issuer.authorization({ iss: 'https://sts.windows.net/x/', ver: '1.0', appid: 'x' }),
    ],
    ['expired', () => teams.issuer.authorization({ exp: now - hour, nbf: now - 2 * hour })],
    ['not valid yet', () => teams.issuer.authorization({ nbf: now + hour, exp: now + 2 * hour })],
    [
      'for another service address',
      () => teams.issuer.authorization({ serviceurl: 'https://smba.trafficmanager.net/amer/' }),
    ],
    [
      'without signature',
      () => `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
    ],
  ])('refused: %s', async (_, authorization) => {
    expect((await teams.deliver(said, authorization())).status).toBe(401);
    expect(bot.inbounds).toEqual([]);
  });

  test('signed, but sent by another channel or with an address of its own: refused', async () => {
    expect((await teams.deliver({ ...said, channelId: 'directline' })).status).toBe(403);
    const serviceUrl = 'http://169.254.169.254/';
    const forged = await teams.deliver({ ...said, serviceUrl }, teams.issuer.authorization({ serviceurl: serviceUrl }));
    expect(forged.status).toBe(403);
    expect((await teams.deliver({ ...said, serviceUrl: '' })).status).toBe(403);
    expect(bot.inbounds).toEqual([]);
  });

  test('signed, but unreadable: refused as a bad request', async () => {
    expect((await teams.deliver({ ...said, conversation: { id: 7 } })).status).toBe(400);
    const broken = await fetch(bot.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: teams.issuer.authorization({}) },
      body: '{"type":',
    });
    expect(broken.status).toBe(400);
    expect((await fetch(bot.endpoint)).status).toBe(404);
  });
});

test('anonymously, only a loopback address is answered to', async () => {
  const teams = await startFakeTeams();
  const bot = await startBot(() => ({ kind: 'nothing' }));
  teams.connect(bot.endpoint);
  const said = { type: 'message', text: 'x', from: { id: '29:a' }, conversation: { id: 'a:a' } };
  expect((await teams.deliver({ ...said, serviceUrl: 'http://169.254.169.254/' })).status).toBe(403);
  expect((await teams.deliver(said)).status).toBe(200);
  await bot.stop();
  await teams.stop();
});
