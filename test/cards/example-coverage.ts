import type { Block, Card } from '../../src/chat/card';
import { bundledAttack as attack } from '../../src/content/attack/attack';
import type { Coverage, CoverageView } from '../../src/domain/coverage';
import { findGaps } from '../../src/domain/coverage-gaps';
import { createCoverageTally } from '../../src/domain/coverage-tally';
import { attackCard, attackChangeCard } from '../../src/views/attack-card';
import { coverageCard, tacticCard } from '../../src/views/coverage-card';
import { coverageAlt, coveragePicture } from '../../src/views/coverage-picture';
import { tacticPictures } from '../../src/views/tactic-picture';
import { techniqueCard } from '../../src/views/technique-card';
import { exampleDrawing } from './example-charts';
import { exampleHunt, hostileHunt, validated } from './example-hunts';
import { library, ownQuery } from './example-queries';

const tables = ['AuditLogs', 'DeviceProcessEvents', 'OfficeActivity', 'SecurityEvent', 'SigninLogs', 'Syslog'];

function exampleCoverage(): Coverage {
  const tally = createCoverageTally(attack);
  for (const [index, query] of library.entries())
    tally.query(query.id, query.techniques, index % 7 === 3 ? 'nowhere' : 'here');
  tally.query('Q-90', ['T1562.999', 'T1059'], 'here');
  tally.template('t-1', ['T1486', 'T1490', 'T1059.001']);
  tally.rule('r-1', ['T1078', 'T1558.003']);
  tally.hunt('H-3', ['T1110.003', 'T1621'], 'Validated');
  tally.hunt('H-4', ['T1566', 'T1059.001'], 'Invalidated');
  return tally.finish(tables);
}

const coverage = exampleCoverage();
const none = createCoverageTally(attack).finish(tables);

function map(name: string, of: Coverage, view: CoverageView): { name: string; view: string; card: Card } {
  const url = exampleDrawing(name, coveragePicture(attack, of, view));
  const picture: Block[] = [{ type: 'image', alt: coverageAlt(attack, of, view), url }];
  const card = coverageCard({ attack, coverage: of, view, picture, gaps: findGaps(attack, of, view) });
  return { name, view: 'coverage-card', card };
}

function tactic(name: string, wanted: string): { name: string; view: string; card: Card } {
  const found = attack.tactic(wanted);
  if (!found) throw new Error(`no tactic ${wanted}`);
  const picture = tacticPictures(attack, coverage, found, 'all').map(({ svg, alt }, index) => ({
    type: 'image' as const,
    alt,
    url: exampleDrawing(`${name}-${index}`, svg),
  }));
  const gaps = findGaps(attack, coverage, 'all');
  return { name, view: 'coverage-card', card: tacticCard({ attack, coverage, view: 'all', picture, gaps }, found) };
}

function technique(
  name: string,
  id: string,
  more: Partial<Parameters<typeof techniqueCard>[0]> = {},
): { name: string; view: string; card: Card } {
  const found = attack.technique(id);
  if (!found) throw new Error(`no technique ${id}`);
  const queries = library.filter(({ techniques }) => techniques.some((one) => one === id || one.startsWith(`${id}.`)));
  const parts = { attack, coverage, technique: found, queries, templates: [], hunts: [], offers: [], tables };
  return { name, view: 'technique-card', card: techniqueCard({ ...parts, ...more }) };
}

export const coverageCards = [
  { name: 'attack', view: 'attack-card', card: attackCard(attack, { load: true, reset: true }) },
  {
    name: 'attack-change',
    view: 'attack-card',
    card: attackChangeCard(
      {
        before: attack,
        after: { ...attack, version: '19.0' },
        added: ['T1800'],
        gone: ['T1562.999', 'T1562.998'],
        inUse: [
          { id: 'T1562.999', count: 4, today: 'T1562' },
          { id: 'T1562.998', count: 1 },
        ],
      },
      'Ada Night',
    ),
  },
  map('coverage', coverage, 'all'),
  map('coverage-hunting', coverage, 'hunting'),
  map('coverage-empty', none, 'all'),
  tactic('coverage-tactic', 'CredentialAccess'),
  tactic('coverage-tactic-long', 'DefenseEvasion'),
  technique('technique', 'T1059', { hunts: [validated, exampleHunt()], hunt: 'H-4' }),
  technique('technique-open', 'T1055', {
    offers: [
      { id: 'windows-intrusion', name: 'Windows intrusion', queries: 2 },
      { id: 'living-off-the-land', name: 'Living off the land', queries: 1 },
    ],
  }),
  technique('technique-hostile', 'T1558.003', { queries: [ownQuery], hunts: [hostileHunt] }),
];
