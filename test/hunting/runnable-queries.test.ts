import { missingTables } from '../../src/hunting/runnable-queries';

const here = new Set(['Syslog', 'DeviceNetworkEvents']);
const dataTypes = ['Syslog', 'W3CIISLog'];
const parser = { functionName: 'WebRequests', body: 'union isfuzzy=true (Syslog), (W3CIISLog)' };

describe('the tables that keep a query from running', () => {
  it('are all those that are not here', () => {
    expect(missingTables({ dataTypes, text: 'Syslog | join W3CIISLog on Computer' }, here)).toEqual(['W3CIISLog']);
  });

  it('are none where a union takes what there is, in the query or in a parser that it calls', () => {
    expect(missingTables({ dataTypes, text: parser.body }, here)).toEqual([]);
    expect(missingTables({ dataTypes, text: 'WebRequests | take 1' }, here, [parser])).toEqual([]);
    expect(missingTables({ dataTypes, text: 'Syslog | take 1' }, here, [parser])).toEqual(['W3CIISLog']);
  });

  it('are all where such a union has nothing to take', () => {
    expect(missingTables({ dataTypes, text: 'WebRequests' }, new Set(['AuditLogs']), [parser])).toEqual(dataTypes);
  });
});
