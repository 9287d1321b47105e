import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalOf, specialFunctions, statementSamples } from './compiled-samples';
import { languageNames } from './language';
import { entries, renewed } from './reference';

const file = join(__dirname, '../../docs/kql.md');

describe('docs/kql.md', () => {
  it('says what the compiler declares (TALBOT_WRITE_DOCS=1 renews it)', () => {
    const page = readFileSync(file, 'utf8');
    const wanted = renewed(page);
    if (process.env.TALBOT_WRITE_DOCS === '1') writeFileSync(file, wanted);
    else expect(page).toBe(wanted);
  });

  it('has a row for every name that the language has', () => {
    const { functions, aggregates, plugins, statementKinds } = languageNames();
    const page = readFileSync(file, 'utf8');
    const rows = new Set([...page.matchAll(/^\| `(.+?)` \| (works|works, differs|refused) \|/gm)].map((row) => row[1]));
    const names = [
      ...functions,
      ...aggregates,
      ...plugins,
      ...statementKinds.map((kind) => statementSamples[kind]?.name),
    ];
    expect(names.filter((name) => name === undefined || !rows.has(name))).toEqual([]);
    expect(functions.length).toBeGreaterThan(400);
  });

  it('names every operator by the word that a query uses', () => {
    const words = (entries().operators ?? []).map((one) => one.name);
    expect(words.filter((word) => !/^(__)?[a-z][a-z_-]*( … with)?$/.test(word))).toEqual([]);
  });

  it('says of a special function that it works only where it does', () => {
    for (const { text } of Object.values(specialFunctions)) expect(refusalOf(text)).toBeUndefined();
  });
});
