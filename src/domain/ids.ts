import { z } from 'zod';

/** The keys that people type. A hunt's own query is `H-1/Q-7`; every other key is one letter and a number. */
export const keyPatterns = {
  hunt: /^H-[1-9]\d{0,8}$/,
  query: /^(?:H-[1-9]\d{0,8}\/)?Q-[1-9]\d{0,8}$/,
  run: /^R-[1-9]\d{0,8}$/,
  bookmark: /^B-[1-9]\d{0,8}$/,
  entity: /^E-[1-9]\d{0,8}$/,
  comment: /^C-[1-9]\d{0,8}$/,
  sweep: /^S-[1-9]\d{0,8}$/,
  import: /^M-[1-9]\d{0,8}$/,
  tab: /^K-[1-9]\d{0,8}$/,
  incident: /^I-[1-9]\d{0,8}$/,
  rule: /^A-[1-9]\d{0,8}$/,
  indicator: /^T-[1-9]\d{0,8}$/,
  playbook: /^P-[1-9]\d{0,8}$/,
  action: /^X-[1-9]\d{0,8}$/,
  approval: /^Y-[1-9]\d{0,8}$/,
} as const;

export type KeyKind = keyof typeof keyPatterns;

export const keyLetters = {
  hunt: 'H',
  query: 'Q',
  run: 'R',
  bookmark: 'B',
  entity: 'E',
  comment: 'C',
  sweep: 'S',
  import: 'M',
  tab: 'K',
  incident: 'I',
  rule: 'A',
  indicator: 'T',
  playbook: 'P',
  action: 'X',
  approval: 'Y',
} as const satisfies Record<KeyKind, string>;

/** Reads `h-1`, `H1`, `1` (where the kind is known) as `H-1`; null where the text is no key of that kind. */
export function parseKey(kind: KeyKind, text: string): string | null {
  const clean = text.trim().toUpperCase().replace(/^#/, '');
  const letter = keyLetters[kind];
  const part = (piece: string, first: string) => piece.replace(new RegExp(`^${first}?-?(?=\\d+$)`), `${first}-`);
  const pieces = clean.split('/');
  const key =
    kind === 'query' && pieces.length === 2
      ? `${part(pieces[0] ?? '', 'H')}/${part(pieces[1] ?? '', 'Q')}`
      : part(clean, letter);
  return keyPatterns[kind].test(key) ? key : null;
}

/** Every stored document: `version` starts at 1 and grows by one with each update. */
export const documentBase = {
  id: z.string(),
  version: z.number().int().positive(),
};

/** A person as records keep them: enough to show the name and to reach them again. */
export const PersonRef = z.object({
  platform: z.enum(['slack', 'teams', 'web', 'system']),
  tenant: z.string(),
  id: z.string(),
  name: z.string(),
});
export type PersonRef = z.infer<typeof PersonRef>;

/** `platform:tenant:person`: what makes two records of a person one. */
export function personKey(person: Pick<PersonRef, 'platform' | 'tenant' | 'id'>): string {
  return `${person.platform}:${person.tenant}:${person.id}`;
}
