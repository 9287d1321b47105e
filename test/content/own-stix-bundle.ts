const reference = (id: string) => [{ source_name: 'mitre-attack', external_id: id }];
const phases = (...names: string[]) => names.map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name }));

const pattern = (id: string, name: string, tactics: string[], more: object = {}) => ({
  type: 'attack-pattern',
  id: `attack-pattern--${id}`,
  name,
  external_references: reference(id),
  kill_chain_phases: phases(...tactics),
  x_mitre_platforms: ['Windows'],
  modified: '2027-04-02T00:00:00.000Z',
  ...more,
});
const relation = (relationship_type: string, source: string, target: string) => ({
  type: 'relationship',
  relationship_type,
  source_ref: source,
  target_ref: `attack-pattern--${target}`,
});

/** A bundle of our own making in the shape of MITRE's: two tactics, one of them new, and a technique that took another's place. */
export function ownStixBundle() {
  return {
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      { type: 'x-mitre-collection', name: 'Enterprise ATT&CK', x_mitre_version: '99.1' },
      { type: 'x-mitre-matrix', tactic_refs: ['x-mitre-tactic--2', 'x-mitre-tactic--1'] },
      {
        type: 'x-mitre-tactic',
        id: 'x-mitre-tactic--1',
        name: 'Credential Access',
        x_mitre_shortname: 'credential-access',
        external_references: reference('TA0006'),
      },
      {
        type: 'x-mitre-tactic',
        id: 'x-mitre-tactic--2',
        name: 'Long Sleep',
        x_mitre_shortname: 'long-sleep',
        external_references: reference('TA9001'),
      },
      pattern('T1110', 'Brute Force', ['credential-access']),
      pattern('T1110.003', 'Password Spraying', ['credential-access']),
      pattern('T9001', 'Dozing', ['long-sleep', 'credential-access']),
      pattern('T1621', 'Multi-Factor Authentication Request Generation', ['credential-access'], { revoked: true }),
      pattern('T1556', 'Modify Authentication Process', ['credential-access'], { x_mitre_deprecated: true }),
      relation('revoked-by', 'attack-pattern--T1621', 'T9001'),
      relation('uses', 'intrusion-set--1', 'T1110.003'),
      relation('uses', 'malware--1', 'T1110.003'),
      relation('uses', 'malware--1', 'T1110'),
      relation('uses', 'course-of-action--1', 'T1110'),
    ],
  };
}
