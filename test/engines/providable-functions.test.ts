import { inlineContent } from '../../src/engines/azure/inline-content';
import { providableFunctions } from '../../src/engines/providable-functions';

const named = (name: string) => ({ name, parameters: '', body: 'print Shadow = "yes"' });

test('no function takes the place of a table, a built-in function or a word of the language', () => {
  const hostile = ['SigninLogs', 'strlen', 'tolower', 'count', 'dcount', 'where', 'union', 'ago', '_GetWatchlist'];
  const given = [...hostile, 'Mine', 'ASimDns', 'constructor', '__proto__'].map(named);
  const left = providableFunctions(given, ['SigninLogs', 'SecurityEvent']).map(({ name }) => name);
  expect(left).toEqual(['Mine', 'ASimDns', 'constructor', '__proto__']);
});

test('names and cells of a watchlist stay inside their literals', () => {
  const evil = `x"]; drop | take 1 // \\`;
  const list = {
    alias: evil.replaceAll('"', '_').replaceAll('\\', '_'),
    searchKey: 'A',
    columns: ['A', evil],
    rows: [[`"\n.drop table T`, evil]],
  };
  const { text } = inlineContent(`_GetWatchlist('${list.alias}') | take 1`, { functions: [], watchlists: [list] });
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  expect(bare).toMatch(
    /^let _wl1 = datatable\(_DTItemId:string, LastUpdatedTimeUTC:datetime, SearchKey:string, \[""\]:string, \[""\]:string\) \["", datetime\(null\), "", "", ""\];\n_wl1 +\| take 1$/,
  );
});
