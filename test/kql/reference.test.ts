import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renewed } from './reference';

const file = join(__dirname, '../../docs/kql.md');

describe('docs/kql.md', () => {
  it('says what the compiler declares (TALBOT_WRITE_DOCS=1 renews it)', () => {
    const page = readFileSync(file, 'utf8');
    const wanted = renewed(page);
    if (process.env.TALBOT_WRITE_DOCS === '1') writeFileSync(file, wanted);
    else expect(page).toBe(wanted);
  });
});
