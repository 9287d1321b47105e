import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readmeTables, replaceParts } from '../adapters/cli/readme-tables';
import { catalogueOf } from '../src/commands/catalogue';
import { createRegistry } from '../src/commands/registry';

test('the README’s tables are what the program declares (npm run docs)', () => {
  const text = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
  expect(replaceParts(text, readmeTables(catalogueOf(createRegistry())))).toBe(text);
});
