import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledAttack } from '../content/attack/attack';
import { readAttackFile } from '../content/attack/read-attack-file';
import { contentHash } from '../content/text-hash';
import { type Attack, type AttackData, createAttack } from '../domain/attack';
import { learnTactics } from '../domain/tactic-names';
import { ConflictError, UserError } from '../errors';
import type { Stores } from '../ports/stores';
import { attackInUse, attackMark } from './attack-in-use';
import { change } from './change';

type Deps = { stores: Pick<Stores, 'settings' | 'queries' | 'ruleTemplates' | 'hunts'> };

export interface AttackChange {
  before: Attack;
  after: Attack;
  /** Techniques and sub-techniques that were not there before, and those that are there no more. */
  added: string[];
  gone: string[];
  /** Ids that queries, rule templates or hunts name and that the new one lacks, with what took their place where that is known. */
  inUse: { id: string; count: number; today?: string }[];
}

/** Reads the file, puts it in the place of the ATT&CK in use, for every process at once, and tells what that changes. */
export async function loadAttack(deps: Deps, path: string): Promise<AttackChange> {
  return keepAttack(deps, await readAttackFile(path));
}

/** The same of a file that somebody attached. */
export async function loadAttackBytes(deps: Deps, bytes: Uint8Array): Promise<AttackChange> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-attack-'));
  try {
    const path = join(folder, 'enterprise-attack.json');
    await writeFile(path, bytes, { mode: 0o600 });
    return await loadAttack(deps, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function keepAttack(deps: Deps, data: AttackData): Promise<AttackChange> {
  const before = await attackInUse(deps);
  const id = `attack:${contentHash(data)}`;
  const { settings } = deps.stores;
  // The data first, the mark that names it last: whoever reads the mark finds the data.
  await insertOnce(() => settings.insert({ id, value: JSON.stringify(data) }));
  const old = (await settings.get(attackMark))?.value;
  const marked = await change(settings, attackMark, (mark) => (mark.value === id ? null : { ...mark, value: id }));
  if (!marked) await insertOnce(() => settings.insert({ id: attackMark, value: id }));
  if (old !== undefined && old !== id) await settings.remove(old);
  return describeChange(deps, before, createAttack(data));
}

/**
 * Takes the file that the settings name where nothing was loaded yet, so that a later `attack load` is not undone by a start. Resolves to a
 * sentence for whoever started, where there is something to say: a file that cannot be read is no reason not to start.
 */
export async function attackAtStart(deps: Deps, path: string | undefined): Promise<string | undefined> {
  const before = await attackInUse(deps);
  if (path === undefined || (await deps.stores.settings.get(attackMark))) return undefined;
  try {
    const { after } = await loadAttack(deps, path);
    return `ATT&CK ${after.version} was read: ${after.techniques.length} techniques and sub-techniques`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `TALBOT_ATTACK was not read; ATT&CK ${before.version} is used. ${error.message}`;
  }
}

/** Back to the ATT&CK that comes with Talbot. */
export async function forgetAttack(deps: Deps): Promise<AttackChange> {
  const before = await attackInUse(deps);
  const old = (await deps.stores.settings.get(attackMark))?.value;
  await deps.stores.settings.remove(attackMark);
  if (old !== undefined) await deps.stores.settings.remove(old);
  learnTactics(bundledAttack.tactics.map(({ name }) => name));
  return describeChange(deps, before, bundledAttack);
}

async function insertOnce(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    // Another process keeps the very same.
    if (!(error instanceof ConflictError)) throw error;
  }
}

async function describeChange({ stores }: Deps, before: Attack, after: Attack): Promise<AttackChange> {
  const there = { where: { deletedAt: { missing: true as const } } };
  const tallies = await Promise.all([
    stores.queries.tally(['techniques'], there),
    stores.hunts.tally(['techniques'], there),
    stores.ruleTemplates.tally(['techniques']),
  ]);
  const inUse = new Map<string, number>();
  for (const { value, count } of tallies.flatMap((one) => one.techniques))
    inUse.set(value, (inUse.get(value) ?? 0) + count);
  const ids = ({ techniques }: Attack) => techniques.map(({ id }) => id);
  return {
    before,
    after,
    added: ids(after).filter((id) => !before.technique(id)),
    gone: ids(before).filter((id) => !after.technique(id)),
    inUse: [...inUse]
      .filter(([id]) => after.today(id) !== id)
      .map(([id, count]) => {
        const today = after.today(id);
        return { id, count, ...(today === undefined ? {} : { today }) };
      })
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
