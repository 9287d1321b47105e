import { z } from 'zod';
import { type Attack, createAttack, sentinelSpelling, type Tactic, type Technique } from '../../domain/attack';
import data from './enterprise.json';

const File = z.object({
  version: z.string(),
  notice: z.string(),
  platforms: z.array(z.string()),
  tactics: z.array(z.tuple([z.string(), z.string(), z.string()])),
  techniques: z.array(z.tuple([z.string(), z.string(), z.array(z.string()), z.array(z.number().int())])),
});

/** The ATT&CK Enterprise that comes with Talbot. An installation may have loaded a newer one: `attackInUse`. */
export const bundledAttack: Attack = readFile();

function readFile(): Attack {
  const file = File.parse(data);
  const tactics = file.tactics.map(([id, slug, title]) => ({ id, slug, title, name: sentinelSpelling(title) }));
  return createAttack({
    version: file.version,
    notice: file.notice,
    tactics,
    techniques: file.techniques.map(([id, name, tacticIds, platforms]) => ({
      id,
      name,
      tactics: tactics.filter((tactic) => tacticIds.includes(tactic.id)).map((tactic) => tactic.name),
      platforms: platforms.flatMap((place) => file.platforms[place] ?? []),
    })),
    replaced: {},
  });
}

/** Version of ATT&CK Enterprise, and the notice that has to stand wherever its content is shown at length. */
export const attackVersion = bundledAttack.version;
export const attackNotice = bundledAttack.notice;

/** In the order of the matrix. */
export const tactics: readonly Tactic[] = bundledAttack.tactics;

/** Techniques and sub-techniques that are neither revoked nor deprecated, by id. */
export const techniques: readonly Technique[] = bundledAttack.techniques;

export function isTechnique(id: string): boolean {
  return bundledAttack.technique(id) !== undefined;
}

/** In Sentinel's spelling. */
export function isTactic(name: string): boolean {
  return bundledAttack.tactics.some((tactic) => tactic.name === name);
}

/** A sub-technique with its parent, `PowerShell (Command and Scripting Interpreter)`; undefined for an unknown id. */
export function techniqueName(id: string): string | undefined {
  return bundledAttack.nameOf(id);
}
