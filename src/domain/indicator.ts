import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** STIX 2.1 names of what an indicator describes. */
export const IndicatorKind = z.enum([
  'ipv4-addr',
  'ipv6-addr',
  'domain-name',
  'url',
  'email-addr',
  'file-md5',
  'file-sha1',
  'file-sha256',
]);
export type IndicatorKind = z.infer<typeof IndicatorKind>;

/** Traffic Light Protocol 2.0. */
export const Tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red']);
export type Tlp = z.infer<typeof Tlp>;

export const Indicator = z.object({
  ...documentBase,
  number: z.number().int(),
  kind: IndicatorKind,
  /** Refanged and in its normal form. */
  value: z.string(),
  /** `kind|value`: no two indicators share it. */
  key: z.string(),
  /** `indicator--UUID`. */
  stixId: z.string(),
  pattern: z.string(),
  name: z.string(),
  description: z.string(),
  /** 0 to 100. */
  confidence: z.number().int(),
  tlp: Tlp,
  tags: z.array(z.string()),
  hunts: z.array(z.string()),
  entity: z.string().optional(),
  validFrom: z.date(),
  validUntil: z.date().optional(),
  revokedAt: z.date().optional(),
  revokedBy: PersonRef.optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Indicator = z.infer<typeof Indicator>;
