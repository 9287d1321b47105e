import { z } from 'zod';
import { bundledAttack } from '../../../src/content/attack/attack';
import { builtInQueries } from '../../../src/content/built-in';
import { seedLibrary } from '../../../src/hunting/seed-library';
import { type Core, cardOf, createCore } from '../../support/core';

let core: Core;
beforeAll(async () => {
  core = await createCore();
  await seedLibrary(core.stores, { now: () => core.time.now }, builtInQueries());
});
afterAll(() => core.close());

async function exported(words: string) {
  const reply = await core.say(words);
  if (reply.kind !== 'file') throw new Error(`a ${reply.kind}: ${JSON.stringify(reply)}`);
  return { ...reply, text: Buffer.from(reply.file.bytes).toString('utf8') };
}

const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const metadata = z.array(
  z.union([z.strictObject({ name: z.string(), value: z.string() }), z.strictObject({ divider: z.boolean() })]),
);

/** The published definition of a layer, version 4.5. */
const Layer = z.strictObject({
  name: z.string(),
  versions: z.strictObject({
    attack: z.string(),
    navigator: z
      .string()
      .refine((version) => Number(version.split('.')[0]) * 100 + Number(version.split('.')[1]) >= 409),
    layer: z.literal('4.5'),
  }),
  domain: z.literal('enterprise-attack'),
  description: z.string(),
  sorting: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  layout: z.strictObject({
    layout: z.enum(['side', 'flat', 'mini']),
    showID: z.boolean(),
    showName: z.boolean(),
    showAggregateScores: z.boolean(),
    countUnscored: z.boolean(),
    aggregateFunction: z.enum(['average', 'min', 'max', 'sum']),
    expandedSubtechniques: z.enum(['none', 'all', 'annotated']),
  }),
  hideDisabled: z.boolean(),
  techniques: z.array(
    z.strictObject({
      techniqueID: z.string().regex(/^T\d{4}(\.\d{3})?$/),
      tactic: z.enum(bundledAttack.tactics.map(({ slug }) => slug)),
      score: z.number().min(0).max(100),
      color: colour.optional(),
      comment: z.string(),
      enabled: z.boolean(),
      metadata,
      showSubtechniques: z.boolean().optional(),
    }),
  ),
  gradient: z
    .strictObject({ colors: z.array(colour).min(2), minValue: z.number(), maxValue: z.number() })
    .refine(({ minValue, maxValue }) => maxValue > minValue),
  legendItems: z.array(z.strictObject({ label: z.string(), color: colour })),
  showTacticRowBackground: z.boolean(),
  selectTechniquesAcrossTactics: z.boolean(),
  selectSubtechniquesWithParent: z.boolean(),
  selectVisibleTechniques: z.boolean(),
  metadata,
});

it.each(['all', 'hunting', 'rules', 'hunted'])('a layer of “%s” is what the published format asks for', async (of) => {
  const { file, text } = await exported(`export coverage --format navigator --of ${of}`);
  expect(file.name).toBe(`coverage-${of}-2026-11-24-navigator.json`);
  const layer = Layer.parse(JSON.parse(text));
  expect(layer.versions.attack).toBe('18.1');
  expect(new Set(layer.techniques.map(({ techniqueID }) => techniqueID)).size).toBe(bundledAttack.techniques.length);
  // A technique stands once in each of its tactics, and in no other.
  const places = layer.techniques.map(({ techniqueID, tactic }) => `${techniqueID} ${tactic}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places).toContain('T1078 initial-access');
  expect(places.length).toBe(bundledAttack.techniques.reduce((sum, { tactics }) => sum + tactics.length, 0));
});

it('scores what is covered above what is not, and says by what', async () => {
  const layer = Layer.parse(JSON.parse((await exported('export coverage')).text));
  const of = (id: string) => layer.techniques.find(({ techniqueID }) => techniqueID === id);
  expect(of('T1110')).toMatchObject({ score: 40, comment: 'Queries or rule templates, by sub-techniques alone' });
  expect(of('T1110.003')?.metadata[0]).toMatchObject({ name: 'Hunting queries' });
  expect(of('T1200')).toMatchObject({ score: 0, comment: '' });
  expect(of('T1200')?.color).toBeUndefined();
});

it('gives every technique a line of CSV', async () => {
  const { text, file } = await exported('export coverage --format csv');
  expect(file.mime).toContain('text/csv');
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(bundledAttack.techniques.length + 1);
  expect(lines[0]?.split(',').slice(0, 3)).toEqual(['Technique', 'Name', 'SubTechniqueOf']);
  expect(lines.find((line) => line.startsWith('T1110.003,'))).toMatch(
    /^T1110\.003,Password Spraying,T1110,CredentialAccess,/,
  );
});

it('leaves “export” of a run what it was', async () => {
  expect(JSON.stringify(cardOf(await core.say('export R-1')))).toContain('R-1');
  expect(JSON.stringify(cardOf(await core.say('export R-1')))).not.toContain('coverage');
});
