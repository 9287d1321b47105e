/** Sentinel's spelling of the ATT&CK tactics, without spaces; the last three are not of the Enterprise matrix. */
const sentinelNames = [
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'PreAttack',
  'ImpairProcessControl',
  'InhibitResponseFunction',
] as const;

const notEnterprise = 3;
const plain = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '');
const byPlainName = new Map<string, string>(sentinelNames.map((name) => [plain(name), name]));
let shown: readonly string[] = sentinelNames.slice(0, -notEnterprise);

/** The tactics of the ATT&CK that this process uses: names that Sentinel does not have are taken too from then on. */
export function learnTactics(names: readonly string[]): void {
  for (const name of names) if (!byPlainName.has(plain(name))) byPlainName.set(plain(name), name);
  shown = [...names];
}

/** `Credential Access`, `credential-access` and `CredentialAccess` are one tactic; undefined for a word that is none. */
export function tacticSpelling(word: string): string | undefined {
  return byPlainName.get(plain(word));
}

/**
 * Where the first of some tactics stands in the matrix: 0 for Reconnaissance, then -1, -2 …, so that what comes down is in the matrix's
 * order, and what has no tactic comes last. A name that is in no matrix stands behind all others; undefined without tactics.
 */
export function firstTacticPlace(tactics: readonly string[]): number | undefined {
  if (tactics.length === 0) return undefined;
  const names: readonly string[] = sentinelNames;
  return Math.max(...tactics.map((name) => (names.includes(name) ? 0 - names.indexOf(name) : -names.length)));
}

/** Those of the Enterprise matrix, to be named to people. */
export function enterpriseTactics(): readonly string[] {
  return shown;
}
