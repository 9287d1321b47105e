import { nearest } from '../commands/nearest';
import type { Attack, Tactic, Technique } from '../domain/attack';
import { UserError } from '../errors';

/** By id, `1059`, or name; a revoked id finds what took its place. A UserError, with what comes near, where nothing is meant. */
export function findTechnique(attack: Attack, words: string): Technique {
  const technique = techniqueOf(attack, words);
  if (technique) return technique;
  throw new UserError(
    'not-found',
    `ATT&CK ${attack.version} has no technique “${words}”.`,
    nearText(nearNames(attack, words)) ?? 'Name it by id, such as T1059 or T1059.001.',
  );
}

/** What `coverage WORDS` is about. */
export function findInAttack(attack: Attack, words: string): { technique: Technique } | { tactic: Tactic } {
  const tactic = attack.tactic(words);
  return tactic ? { tactic } : { technique: findTechnique(attack, words) };
}

/** A UserError that names all of them where there is none such. */
export function findTactic(attack: Attack, words: string): Tactic {
  const tactic = attack.tactic(words);
  if (tactic) return tactic;
  throw new UserError(
    'not-found',
    `ATT&CK ${attack.version} has no tactic “${words}”.`,
    `There is ${attack.tactics.map(({ title }) => title).join(', ')}.`,
  );
}

function techniqueOf(attack: Attack, words: string): Technique | undefined {
  const id = /^t?(\d{4}(?:\.\d{3})?)$/i.exec(words.trim())?.[1];
  if (id !== undefined) return attack.technique(attack.today(`T${id}`) ?? '');
  const name = words.trim().toLowerCase();
  const named = attack.techniques.filter((technique) => technique.name.toLowerCase() === name);
  if (named[0]) return named[0];
  const begun = attack.techniques.filter((technique) => technique.name.toLowerCase().startsWith(name));
  return begun.length === 1 ? begun[0] : undefined;
}

function nearNames(attack: Attack, words: string): string[] {
  const holding = attack.techniques
    .filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()))
    .slice(0, 3)
    .map(({ id, name }) => `${id} ${name}`);
  if (holding.length > 0) return holding;
  return nearest(
    words,
    attack.tactics.flatMap(({ title }) => [title]),
  );
}

function nearText(names: string[]): string | undefined {
  return names.length > 0 ? `Did you mean ${names.join(' or ')}?` : undefined;
}
