import { bundledAttack } from '../content/attack/attack';
import { type Attack, AttackData, createAttack } from '../domain/attack';
import { learnTactics } from '../domain/tactic-names';
import type { Stores } from '../ports/stores';

/** Names the document that holds the loaded ATT&CK, so that the large one is read only when it has changed. */
export const attackMark = 'attack';

const known = new WeakMap<object, { mark: string; attack: Attack }>();

/** ATT&CK as an administrator loaded it last, in whatever process; else what comes with Talbot. */
export async function attackInUse({ stores }: { stores: Pick<Stores, 'settings'> }, tries = 5): Promise<Attack> {
  const mark = (await stores.settings.get(attackMark))?.value;
  if (mark === undefined) return bundledAttack;
  const kept = known.get(stores);
  if (kept?.mark === mark) return kept.attack;
  const stored = await stores.settings.get(mark);
  // Another process put a newer one in its place between the two looks.
  if (!stored) {
    if (tries === 0) throw new Error(`the loaded ATT&CK ${mark} is missing in the store`);
    return attackInUse({ stores }, tries - 1);
  }
  const attack = createAttack(AttackData.parse(JSON.parse(stored.value)));
  known.set(stores, { mark, attack });
  learnTactics(attack.tactics.map(({ name }) => name));
  return attack;
}

/** Whether an administrator loaded one. */
export async function isLoaded({ stores }: { stores: Pick<Stores, 'settings'> }): Promise<boolean> {
  return (await stores.settings.get(attackMark)) !== null;
}
