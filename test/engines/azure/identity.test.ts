import { createDataExplorerEngine } from '../../../src/engines/data-explorer/engine';
import { createLogAnalyticsEngine } from '../../../src/engines/log-analytics/engine';
import { adxFrames, startFakeDataExplorer } from '../../fakes/azure/fake-data-explorer';
import { laTable, startFakeLogAnalytics } from '../../fakes/azure/fake-log-analytics';
import { startHttpFake } from '../../fakes/azure/start-http-fake';
import { fakeToken } from '../../fakes/azure/static-credential';
import { ask, clock } from './ask-engine';

jest.mock('azure-kusto-data', () =>
  jest
    .requireActual<typeof import('../../fakes/azure/real-kusto-sdk')>('../../fakes/azure/real-kusto-sdk')
    .realKustoSdk(),
);

test('without a credential given, a managed identity’s endpoint is asked for tokens, and only at the first query', async () => {
  const identity = await startHttpFake(() => ({
    body: {
      access_token: fakeToken,
      expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
      resource: 'x',
      token_type: 'Bearer',
    },
  }));
  process.env.IDENTITY_ENDPOINT = `${identity.url}/msi/token`;
  process.env.IDENTITY_HEADER = 'a-header-for-tests';
  const analytics = await startFakeLogAnalytics(() => laTable(['n: long'], [[1]]));
  const explorer = await startFakeDataExplorer(() => adxFrames(['n: long'], [[2]]));
  const engines = [
    createLogAnalyticsEngine({ workspaceId: analytics.workspaceId, endpoint: `${analytics.url}/v1/`, clock }),
    createDataExplorerEngine({ cluster: `${explorer.url}/`, database: 'Hunting', clock }),
  ];
  try {
    expect(identity.requests).toEqual([]);
    for (const [i, engine] of engines.entries()) expect((await ask(engine, 'T')).cells).toEqual([[i + 1]]);
    for (const engine of engines) await ask(engine, 'T');
    const asked = identity.requests.map(({ path }) => new URL(path, identity.url).searchParams.get('resource'));
    expect(asked).toEqual(['https://api.loganalytics.io', 'https://kusto.kusto.windows.net']);
    expect(identity.requests[0]?.headers['x-identity-header']).toBe('a-header-for-tests');
  } finally {
    for (const engine of engines) await engine.close();
    for (const fake of [identity, analytics, explorer]) await fake.close();
    delete process.env.IDENTITY_ENDPOINT;
    delete process.env.IDENTITY_HEADER;
  }
});
