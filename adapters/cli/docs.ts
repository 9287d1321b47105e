import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogueOf } from '../../src/commands/catalogue';
import { createRegistry } from '../../src/commands/registry';
import { readmeTables, replaceParts } from './readme-tables';

/** `npm run docs`: writes the README's generated tables. */
const file = path.resolve('README.md');
const before = readFileSync(file, 'utf8');
const after = replaceParts(before, readmeTables(catalogueOf(createRegistry())));
if (after !== before) writeFileSync(file, after);
process.stdout.write(after === before ? 'README.md is up to date.\n' : 'README.md was brought up to date.\n');
