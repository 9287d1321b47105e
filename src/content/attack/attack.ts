import { z } from 'zod';
import data from './enterprise.json';

export interface Tactic {
  /** `TA0001`. */
  id: string;
  /** Sentinel's spelling, without spaces: `InitialAccess`. */
  name: string;
  /** MITRE's spelling: `Initial Access`. */
  title: string;
}

export interface Technique {
  /** `T1059`, or `T1059.001` for a sub-technique. */
  id: string;
  name: string;
  /** Sentinel's spelling, in the order of the matrix. */
  tactics: string[];
}

const AttackData = z.object({
  version: z.string(),
  notice: z.string(),
  tactics: z.array(z.tuple([z.string(), z.string(), z.string()])),
  techniques: z.array(z.tuple([z.string(), z.string(), z.array(z.string())])),
});

const parsed = AttackData.parse(data);

/** Version of ATT&CK Enterprise, and the notice that has to stand wherever its content is shown at length. */
export const attackVersion = parsed.version;
export const attackNotice = parsed.notice;

/** In the order of the matrix. */
export const tactics: readonly Tactic[] = parsed.tactics.map(([id, , title]) => ({
  id,
  title,
  name: title.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase()),
}));

/** Techniques and sub-techniques that are neither revoked nor deprecated, by id. */
export const techniques: readonly Technique[] = parsed.techniques.map(([id, name, tacticIds]) => ({
  id,
  name,
  tactics: tactics.filter((tactic) => tacticIds.includes(tactic.id)).map((tactic) => tactic.name),
}));

const byId = new Map(techniques.map((technique) => [technique.id, technique]));
const tacticNames: ReadonlySet<string> = new Set(tactics.map((tactic) => tactic.name));

export function isTechnique(id: string): boolean {
  return byId.has(id);
}

/** In Sentinel's spelling. */
export function isTactic(name: string): boolean {
  return tacticNames.has(name);
}

/** A sub-technique with its parent, `PowerShell (Command and Scripting Interpreter)`; undefined for an unknown id. */
export function techniqueName(id: string): string | undefined {
  const technique = byId.get(id);
  if (!technique) return undefined;
  const parent = id.includes('.') ? byId.get(id.slice(0, id.indexOf('.'))) : undefined;
  return parent ? `${technique.name} (${parent.name})` : technique.name;
}
