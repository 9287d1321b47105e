import type { Card } from '../../chat/card';
import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { Attack, Tactic, Technique } from '../../domain/attack';
import { type Coverage, type CoverageView, coverageViews } from '../../domain/coverage';
import { findGaps } from '../../domain/coverage-gaps';
import { platformsOfTable } from '../../domain/table-platforms';
import { attackInUse } from '../../hunting/attack-in-use';
import { computeCoverage } from '../../hunting/coverage';
import { findInAttack, findTactic, findTechnique } from '../../hunting/find-technique';
import { offeredSolutions } from '../../hunting/offered-solutions';
import { pictureBlocks } from '../../hunting/picture-blocks';
import { techniqueContent } from '../../hunting/technique-content';
import { coverageCard, tacticCard, viewNames } from '../../views/coverage-card';
import { coverageAlt, coveragePicture } from '../../views/coverage-picture';
import { tacticPictures } from '../../views/tactic-picture';
import { techniqueCard } from '../../views/technique-card';

export const showCoverage = defineCommand({
  name: 'coverage',
  summary: 'Shows which ATT&CK techniques are covered, and the gaps',
  permission: 'read',
  prominent: true,
  example: 'coverage T1059',
  input: {
    hunt: field.optional(field.hunt()),
    what: field.optional(
      field.text({ label: 'Technique or tactic', summary: 'By id or name', max: 120, rest: true, sample: 'T1059' }),
    ),
    tactic: field.optional(field.text({ label: 'Tactic', max: 60, sample: 'Execution' })),
    technique: field.optional(field.text({ label: 'Technique', max: 120, sample: 'T1059' })),
    of: field.defaulting(field.choice({ label: 'Covered by', options: coverageViews, names: viewNames }), 'all'),
  },
  positional: ['hunt', 'what'],
  async run(ctx, input) {
    const attack = await attackInUse(ctx);
    const asked = chosen(attack, input);
    const coverage = await computeCoverage(ctx, attack);
    const parts = { ctx, attack, coverage, view: input.of };
    const card = asked.technique
      ? await techniquePage(parts, asked.technique, input.hunt)
      : asked.tactic
        ? await tacticPage(parts, asked.tactic)
        : await wholeMap(parts);
    return { kind: 'card', card, to: 'everyone' };
  },
});

interface Parts {
  ctx: Context;
  attack: Attack;
  coverage: Coverage;
  view: CoverageView;
}

function chosen(
  attack: Attack,
  input: { what: string | undefined; tactic: string | undefined; technique: string | undefined },
): { technique?: Technique; tactic?: Tactic } {
  if (input.technique !== undefined) return { technique: findTechnique(attack, input.technique) };
  if (input.tactic !== undefined) return { tactic: findTactic(attack, input.tactic) };
  return input.what === undefined ? {} : findInAttack(attack, input.what);
}

async function wholeMap({ ctx, attack, coverage, view }: Parts): Promise<Card> {
  const picture = await pictureBlocks(
    ctx,
    coveragePicture(attack, coverage, view),
    coverageAlt(attack, coverage, view),
  );
  return coverageCard({ attack, coverage, view, picture, gaps: findGaps(attack, coverage, view) });
}

async function tacticPage({ ctx, attack, coverage, view }: Parts, tactic: Tactic): Promise<Card> {
  const picture = [];
  for (const { svg, alt } of tacticPictures(attack, coverage, tactic, view))
    picture.push(...(await pictureBlocks(ctx, svg, alt)));
  return tacticCard({ attack, coverage, view, picture, gaps: findGaps(attack, coverage, view) }, tactic);
}

async function techniquePage(
  { ctx, attack, coverage }: Parts,
  technique: Technique,
  hunt: string | undefined,
): Promise<Card> {
  const content = await techniqueContent(ctx, attack, coverage, technique);
  const tables = (coverage.tables ?? []).filter((table) =>
    platformsOfTable(table).some((platform) => technique.platforms.includes(platform)),
  );
  return techniqueCard({
    attack,
    coverage,
    technique,
    ...content,
    ...(hunt === undefined ? {} : { hunt }),
    offers: await offeredSolutions(ctx, technique),
    tables,
  });
}
