import { z } from 'zod';
import type { RuleTemplate } from '../../domain/content-item';
import { legacyEntityMappings } from '../legacy-entity-mappings';
import {
  dataTypes,
  description,
  entityMappings,
  fileFault,
  readYaml,
  tactics,
  techniques,
  trimmedText,
  version,
  withId,
} from './sentinel-yaml';

/** An analytics rule as its author's file has it. */
export interface RuleTemplateContent
  extends Pick<
    RuleTemplate,
    | 'name'
    | 'description'
    | 'kind'
    | 'severity'
    | 'tactics'
    | 'techniques'
    | 'dataTypes'
    | 'entityMappings'
    | 'queryFrequency'
    | 'queryPeriod'
    | 'triggerOperator'
    | 'triggerThreshold'
  > {
  /** The GUID of the file. */
  id: string;
  /** KQL text. */
  query: string;
  version: string;
  source: string;
}

const operators = {
  gt: 'GreaterThan',
  lt: 'LessThan',
  eq: 'Equal',
  ne: 'NotEqual',
  greaterthan: 'GreaterThan',
  lessthan: 'LessThan',
  equal: 'Equal',
  notequal: 'NotEqual',
} as const;

const DetectionFile = z.object({
  id: z.string().trim().min(1, 'is missing'),
  name: z.string().trim().min(1, 'is missing').max(500, 'has more than 500 characters'),
  description,
  kind: z
    .string()
    .nullish()
    .transform((kind) => kind ?? 'Scheduled'),
  severity: z
    .string()
    .nullish()
    .transform((given) => (given ?? 'Medium').trim().toLowerCase())
    .pipe(z.enum(['high', 'medium', 'low', 'informational'])),
  requiredDataConnectors: dataTypes,
  tactics,
  relevantTechniques: techniques,
  query: z.string().refine((query) => query.trim() !== '', 'is missing'),
  entityMappings,
  queryFrequency: trimmedText.nullish(),
  queryPeriod: trimmedText.nullish(),
  triggerOperator: z
    .string()
    .nullish()
    .transform((given) => given?.trim().toLowerCase().replaceAll(' ', ''))
    .pipe(z.enum(['gt', 'lt', 'eq', 'ne', 'greaterthan', 'lessthan', 'equal', 'notequal']).optional()),
  triggerThreshold: z.coerce.number().nullish(),
  version,
});

const severities = { high: 'High', medium: 'Medium', low: 'Low', informational: 'Informational' } as const;

/**
 * Reads a detection in Sentinel's YAML, of kind Scheduled or NRT; durations such as `1h` become ISO 8601. Throws UserError
 * `bad-input`, naming `source` and every fault; other kinds have no query of their own and are refused by name. `idWithout` is the id of a file that has
 * none.
 */
export function readRuleTemplate(yamlText: string, source: string, idWithout?: string): RuleTemplateContent {
  const schema = idWithout === undefined ? DetectionFile : withId(DetectionFile, idWithout);
  const file = readYaml(yamlText, source, 'analytics rule', schema);
  if (file.kind !== 'Scheduled' && file.kind !== 'NRT')
    throw fileFault(source, `is a rule of kind ${file.kind.slice(0, 60)}: only Scheduled and NRT rules are read`);
  const queryFrequency = duration(file.queryFrequency, 'queryFrequency', source);
  const queryPeriod = duration(file.queryPeriod, 'queryPeriod', source);
  return {
    id: file.id.toLowerCase(),
    name: file.name,
    description: file.description,
    kind: file.kind,
    severity: severities[file.severity],
    query: file.query.trim(),
    tactics: file.tactics,
    techniques: file.relevantTechniques,
    dataTypes: file.requiredDataConnectors,
    entityMappings: file.entityMappings.length > 0 ? file.entityMappings : legacyEntityMappings(file.query),
    ...(queryFrequency ? { queryFrequency } : {}),
    ...(queryPeriod ? { queryPeriod } : {}),
    ...(file.triggerOperator ? { triggerOperator: operators[file.triggerOperator] } : {}),
    ...(typeof file.triggerThreshold === 'number' ? { triggerThreshold: file.triggerThreshold } : {}),
    version: file.version,
    source,
  };
}

/** `1h`, `30m`, `14d` or ISO 8601, as ISO 8601. */
function duration(given: string | null | undefined, field: string, source: string): string | undefined {
  if (!given) return undefined;
  if (/^P(?=\d|T\d)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/i.test(given)) return given.toUpperCase();
  const [, number, unit] = /^(\d{1,6})\s*([smhd])$/i.exec(given) ?? [];
  if (!number || !unit)
    throw fileFault(source, `is no analytics rule: ${field}: “${given.slice(0, 40)}” is no duration`);
  return unit.toLowerCase() === 'd' ? `P${number}D` : `PT${number}${unit.toUpperCase()}`;
}
