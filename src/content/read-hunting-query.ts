import { parse } from 'yaml';
import { z } from 'zod';
import type { EntityMapping } from '../domain/query';
import { UserError } from '../errors';
import { legacyEntityMappings } from './legacy-entity-mappings';

export interface HuntingQueryContent {
  /** The GUID of the file. */
  id: string;
  name: string;
  description: string;
  /** KQL text. */
  query: string;
  /** Sentinel's spelling: `InitialAccess`. */
  tactics: string[];
  techniques: string[];
  /** Tables the query is said to need. */
  dataTypes: string[];
  entityMappings: EntityMapping[];
  version: string;
  source: string;
}

/** Far above the largest file of the public collections; keeps a hostile upload from filling memory. */
const longestFile = 1_000_000;

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const text = z.coerce.string().transform((value) => value.trim());

const HuntingQueryFile = z.object({
  id: z.string().trim().min(1, 'is missing'),
  name: z.string().trim().min(1, 'is missing'),
  description: z.string().nullish().transform(unquote),
  requiredDataConnectors: list(z.object({ dataTypes: list(text) })),
  tactics: list(text),
  relevantTechniques: list(text),
  query: z.string().refine((query) => query.trim() !== '', 'is missing'),
  entityMappings: list(
    z.object({
      entityType: z.string(),
      fieldMappings: list(z.object({ identifier: z.string(), columnName: z.string() })),
    }),
  ),
  version: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((version) => String(version ?? '1.0.0')),
});

/**
 * Reads one hunting query in Sentinel's YAML. Files from before techniques, entity mappings and versions are read too:
 * their `…CustomEntity` columns become mappings. Throws UserError `bad-input`, naming `source` and every fault.
 */
export function readHuntingQuery(yamlText: string, source: string): HuntingQueryContent {
  if (yamlText.length > longestFile) throw fault(source, `is longer than ${longestFile} characters`);
  const result = HuntingQueryFile.safeParse(parseYaml(yamlText, source));
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw fault(source, `is no hunting query: ${faults.join('; ')}`);
  }
  const file = result.data;
  return {
    id: file.id.toLowerCase(),
    name: file.name,
    description: file.description,
    query: file.query.trim(),
    tactics: unique(file.tactics.map((tactic) => tactic.replaceAll(' ', ''))),
    techniques: unique(file.relevantTechniques.map((technique) => technique.toUpperCase())),
    dataTypes: unique(file.requiredDataConnectors.flatMap((connector) => connector.dataTypes).map(tableName)),
    entityMappings: file.entityMappings.length > 0 ? file.entityMappings : legacyEntityMappings(file.query),
    version: file.version,
    source,
  };
}

function parseYaml(yamlText: string, source: string): unknown {
  try {
    return parse(yamlText.replace(/^\uFEFF/, ''), { maxAliasCount: 20 });
  } catch (error) {
    throw fault(source, `is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fault(source: string, what: string): UserError {
  return new UserError('bad-input', `${source} ${what}`);
}

/** Many files wrap their description in quotes inside a block. */
function unquote(description: string | null | undefined): string {
  const trimmed = (description ?? '').trim();
  const inner = /^(['"])([\s\S]*)\1$/.exec(trimmed);
  return (inner?.[2] ?? trimmed).trim();
}

/** Some files name a data type with its kind: `Syslog (auth)` or `SecurityEvent | Security`. */
function tableName(dataType: string): string {
  return dataType.split(/[\s(|]/)[0] ?? dataType;
}

function unique(items: string[]): string[] {
  return [...new Set(items.filter((item) => item !== ''))];
}
