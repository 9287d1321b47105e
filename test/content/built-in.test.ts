import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  attackNotice,
  attackVersion,
  isTactic,
  isTechnique,
  tactics,
  techniqueName,
  techniques,
} from '../../src/content/attack/attack';
import { builtInQueries } from '../../src/content/built-in';
import { sampleColumns } from '../../src/content/sample-logs/columns';
import { entityTypes } from '../../src/domain/entity';

describe('the built-in hunting queries', () => {
  const queries = builtInQueries();

  it('are a first library with one id and one name each', () => {
    expect(queries.length).toBeGreaterThanOrEqual(14);
    expect(new Set(queries.map((query) => query.id)).size).toBe(queries.length);
    expect(new Set(queries.map((query) => query.name)).size).toBe(queries.length);
  });

  it.each(queries.map((query) => [query.source, query] as const))(
    '%s is filed where a hunter looks for it',
    (_, query) => {
      expect(query.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(query.name.length).toBeLessThanOrEqual(80);
      expect(query.description.length).toBeGreaterThan(40);
      expect(query.description.length).toBeLessThanOrEqual(255);
      expect(query.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(query.tactics.length).toBeGreaterThan(0);
      expect(query.tactics.filter((tactic) => !isTactic(tactic))).toEqual([]);
      expect(query.techniques.length).toBeGreaterThan(0);
      expect(query.techniques.filter((technique) => !isTechnique(technique))).toEqual([]);
      expect(query.entityMappings.length).toBeGreaterThan(0);
      for (const mapping of query.entityMappings) {
        expect(entityTypes).toContain(mapping.entityType);
        expect(mapping.fieldMappings.length).toBeLessThanOrEqual(3);
      }
    },
  );

  it.each(queries.map((query) => [query.source, query] as const))(
    '%s names tactics and techniques that belong together',
    (_, query) => {
      for (const technique of query.techniques) {
        const found = techniques.find((candidate) => candidate.id === technique);
        expect([technique, found?.tactics.some((tactic) => query.tactics.includes(tactic))]).toEqual([technique, true]);
      }
    },
  );

  it.each(queries.map((query) => [query.source, query] as const))('%s says which tables it reads', (_, query) => {
    const named = Object.keys(sampleColumns).filter((table) => new RegExp(`\\b${table}\\b`).test(query.query));
    expect([...query.dataTypes].sort()).toEqual(named.sort());
  });
});

describe('ATT&CK', () => {
  it('has its tactics in the order of the matrix, in Sentinel’s spelling', () => {
    expect(tactics).toHaveLength(14);
    expect(tactics.slice(0, 3).map((tactic) => tactic.name)).toEqual([
      'Reconnaissance',
      'ResourceDevelopment',
      'InitialAccess',
    ]);
    expect(tactics[11]).toEqual({
      id: 'TA0011',
      slug: 'command-and-control',
      name: 'CommandAndControl',
      title: 'Command and Control',
    });
  });

  it('knows techniques by id', () => {
    expect(isTechnique('T1059')).toBe(true);
    expect(isTechnique('T1059.001')).toBe(true);
    expect(isTechnique('T0000')).toBe(false);
    expect(techniqueName('T1059.001')).toBe('PowerShell (Command and Scripting Interpreter)');
    expect(techniqueName('T1190')).toBe('Exploit Public-Facing Application');
    expect(techniqueName('T0000')).toBeUndefined();
    expect(attackNotice).toContain('The MITRE Corporation');
  });

  it('says the same as MITRE’s own list', () => {
    const list = path.join(__dirname, '../../../shared/attack/enterprise.json');
    if (!existsSync(list)) {
      console.warn('left out: no list of MITRE on this machine');
      return;
    }
    const real: {
      version: string;
      techniques: { id: string; name: string; tactics: string[]; platforms: string[] }[];
    } = JSON.parse(readFileSync(list, 'utf8'));
    expect(attackVersion).toBe(real.version);
    expect(techniques.map(({ id, name }) => [id, name])).toEqual(real.techniques.map(({ id, name }) => [id, name]));
    for (const [index, technique] of techniques.entries()) {
      const tacticIds = tactics.filter((tactic) => technique.tactics.includes(tactic.name)).map((tactic) => tactic.id);
      expect(tacticIds.sort()).toEqual([...(real.techniques[index]?.tactics ?? [])].sort());
      expect([...technique.platforms].sort()).toEqual([...(real.techniques[index]?.platforms ?? [])].sort());
    }
  });
});
