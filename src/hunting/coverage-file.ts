import type { Clock } from '../ports/clock';
import type { CoverageFile } from '../ports/links';
import type { Stores } from '../ports/stores';
import { coverageCsv } from '../views/coverage-csv';
import { navigatorLayer } from '../views/navigator-layer';
import { attackInUse } from './attack-in-use';
import { type CoverageDeps, computeCoverage } from './coverage';
import type { ExportedFile } from './export-rows';

/** The coverage as it is now, as a file. */
export async function coverageFile(
  deps: CoverageDeps & { stores: Pick<Stores, 'settings'>; clock: Clock },
  { format, of }: CoverageFile,
): Promise<ExportedFile> {
  const attack = await attackInUse(deps);
  const coverage = await computeCoverage(deps, attack);
  const at = deps.clock.now();
  const name = `coverage-${of}-${at.toISOString().slice(0, 10)}`;
  if (format === 'csv')
    return {
      name: `${name}.csv`,
      mime: 'text/csv; charset=utf-8',
      bytes: Buffer.from(coverageCsv(attack, coverage, of)),
    };
  return {
    name: `${name}-navigator.json`,
    mime: 'application/json; charset=utf-8',
    bytes: Buffer.from(navigatorLayer(attack, coverage, of, at)),
  };
}
