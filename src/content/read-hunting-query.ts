import { z } from 'zod';
import type { EntityMapping } from '../domain/query';
import { legacyEntityMappings } from './legacy-entity-mappings';
import {
  dataTypes,
  description,
  entityMappings,
  readYaml,
  tactics,
  techniques,
  version,
  withId,
} from './readers/sentinel-yaml';

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

const HuntingQueryFile = z.object({
  id: z.string().trim().min(1, 'is missing'),
  name: z.string().trim().min(1, 'is missing').max(500, 'has more than 500 characters'),
  description,
  requiredDataConnectors: dataTypes,
  tactics,
  relevantTechniques: techniques,
  query: z.string().refine((query) => query.trim() !== '', 'is missing'),
  entityMappings,
  version,
});

/**
 * Reads one hunting query in Sentinel's YAML. Files from before techniques, entity mappings and versions are read too:
 * their `…CustomEntity` columns become mappings. `idWithout` is the id of a file that has none. Throws UserError `bad-input`, naming
 * `source` and every fault.
 */
export function readHuntingQuery(yamlText: string, source: string, idWithout?: string): HuntingQueryContent {
  const schema = idWithout === undefined ? HuntingQueryFile : withId(HuntingQueryFile, idWithout);
  const file = readYaml(yamlText, source, 'hunting query', schema);
  return {
    id: file.id.toLowerCase(),
    name: file.name,
    description: file.description,
    query: file.query.trim(),
    tactics: file.tactics,
    techniques: file.relevantTechniques,
    dataTypes: file.requiredDataConnectors,
    entityMappings: file.entityMappings.length > 0 ? file.entityMappings : legacyEntityMappings(file.query),
    version: file.version,
    source,
  };
}
