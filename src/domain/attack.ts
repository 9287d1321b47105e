import { z } from 'zod';

const Tactic = z.object({
  /** `TA0001`. */
  id: z.string(),
  /** MITRE's short name: `initial-access`. */
  slug: z.string(),
  /** Sentinel's spelling, without spaces: `InitialAccess`. */
  name: z.string(),
  /** MITRE's spelling: `Initial Access`. */
  title: z.string(),
});
export type Tactic = z.infer<typeof Tactic>;

const Technique = z.object({
  /** `T1059`, or `T1059.001` for a sub-technique. */
  id: z.string(),
  name: z.string(),
  /** Sentinel's spelling, in the order of the matrix. */
  tactics: z.array(z.string()),
  /** MITRE's words: `Windows`, `Identity Provider`; `PRE` is what happens before anything touches the organisation. */
  platforms: z.array(z.string()),
  /** How many groups, campaigns and programs ATT&CK has seen use it; absent where the data does not say. */
  uses: z.number().int().optional(),
});
export type Technique = z.infer<typeof Technique>;

/** One version of ATT&CK Enterprise, reduced to names and relations: nothing in it is revoked or deprecated. */
export const AttackData = z.object({
  version: z.string(),
  /** Has to stand wherever its content is shown at length. */
  notice: z.string(),
  /** In the order of the matrix. */
  tactics: z.array(Tactic),
  /** By id: a sub-technique comes after its technique. */
  techniques: z.array(Technique),
  /** Revoked ids, and what took their place. */
  replaced: z.record(z.string(), z.string()),
});
export type AttackData = z.infer<typeof AttackData>;

export interface Attack extends AttackData {
  technique(id: string): Technique | undefined;
  /** Sub-techniques of a technique, in the order of their ids. */
  subTechniques(id: string): readonly Technique[];
  /** Techniques of a tactic without their sub-techniques, by name as the matrix has them. */
  techniquesOf(tactic: string): readonly Technique[];
  /** By id, either spelling, or short name; undefined for anything else. */
  tactic(name: string): Tactic | undefined;
  /** The id that counts today: itself, or what took its place; undefined for an id that this version does not know. */
  today(id: string): string | undefined;
  /** A sub-technique with its parent, `PowerShell (Command and Scripting Interpreter)`; undefined for an unknown id. */
  nameOf(id: string): string | undefined;
}

/** `T1059` of `T1059.001`; undefined for a technique that is nobody's sub-technique. */
export function parentOf(id: string): string | undefined {
  const dot = id.indexOf('.');
  return dot < 0 ? undefined : id.slice(0, dot);
}

/** `Command and Control` in Sentinel's spelling: `CommandAndControl`. */
export function sentinelSpelling(title: string): string {
  return title.replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function createAttack(data: AttackData): Attack {
  const byId = new Map(data.techniques.map((technique) => [technique.id, technique]));
  const subs = new Map<string, Technique[]>();
  for (const technique of data.techniques) {
    const parent = parentOf(technique.id);
    if (parent !== undefined) subs.set(parent, [...(subs.get(parent) ?? []), technique]);
  }
  const tops = data.techniques
    .filter(({ id }) => parentOf(id) === undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const byTactic = new Map(
    data.tactics.map(({ name }) => [name, tops.filter((technique) => technique.tactics.includes(name))]),
  );
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
  const byName = new Map(
    data.tactics.flatMap((tactic) =>
      [tactic.id, tactic.name, tactic.slug].map((name) => [plain(name), tactic] as const),
    ),
  );
  return {
    ...data,
    technique: (id) => byId.get(id),
    subTechniques: (id) => subs.get(id) ?? [],
    techniquesOf: (tactic) => byTactic.get(tactic) ?? [],
    tactic: (name) => byName.get(plain(name)),
    today(id) {
      let known: string | undefined = id;
      // A replacement may have been replaced in turn; a ring of them would be a broken file.
      for (let step = 0; step < 5 && known !== undefined && !byId.has(known); step++)
        known = Object.hasOwn(data.replaced, known) ? data.replaced[known] : undefined;
      return known !== undefined && byId.has(known) ? known : undefined;
    },
    nameOf(id) {
      const technique = byId.get(id);
      if (!technique) return undefined;
      const parent = byId.get(parentOf(id) ?? '');
      return parent ? `${technique.name} (${parent.name})` : technique.name;
    },
  };
}
