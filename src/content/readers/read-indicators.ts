import { z } from 'zod';
import type { Tlp } from '../../domain/indicator';
import { type Recognised, recogniseIndicator } from '../../domain/recognise-indicator';
import { tlpOfMarking } from '../../domain/stix-bundle';
import { decodeText } from './decode-text';
import { readStixPattern } from './stix-pattern';

export interface IndicatorLine {
  /** Where it stood: `line 12`, or the object's id. */
  place: string;
  text: string;
  read: Recognised | { fault: string };
  name?: string;
  description?: string;
  confidence?: number;
  tlp?: Tlp;
  tags?: string[];
  validUntil?: Date;
  revoked?: boolean;
}

const StixIndicator = z.object({
  type: z.literal('indicator'),
  id: z.string().max(200),
  name: z.string().max(2000).nullish(),
  description: z.string().max(50_000).nullish(),
  pattern: z.string().max(100_000),
  pattern_type: z.string().nullish(),
  confidence: z.number().min(0).max(100).nullish(),
  labels: z.array(z.string().max(200)).max(50).nullish(),
  valid_until: z.iso.datetime({ offset: true }).nullish(),
  revoked: z.boolean().nullish(),
  object_marking_refs: z.array(z.string().max(200)).max(50).nullish(),
});

/**
 * Indicators of a file: a STIX 2.0 or 2.1 bundle, CSV with a header, or one value a line (`#` begins a remark). What cannot be taken is a
 * line with its fault. Throws UserError `bad-input` for what is no text.
 */
export function readIndicators(bytes: Uint8Array, name: string): IndicatorLine[] {
  const text = decodeText(bytes, name).replace(/^\uFEFF/, '');
  if (/^\s*\{/.test(text)) return readBundle(text);
  return readLines(text);
}

function readBundle(text: string): IndicatorLine[] {
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch (error) {
    return [
      { place: 'the file', text: '', read: { fault: `It is no JSON: ${error instanceof Error ? error.message : ''}` } },
    ];
  }
  const objects = z.object({ objects: z.array(z.unknown()) }).safeParse(bundle);
  if (!objects.success)
    return [{ place: 'the file', text: '', read: { fault: 'It is no STIX bundle: it has no objects.' } }];
  return objects.data.objects.flatMap((object, index) => {
    const kind = z.object({ type: z.string() }).safeParse(object);
    if (!kind.success || kind.data.type !== 'indicator') return [];
    const read = StixIndicator.safeParse(object);
    if (!read.success)
      return [{ place: `object ${index + 1}`, text: '', read: { fault: 'It is not as STIX has an indicator.' } }];
    return linesOf(read.data);
  });
}

function linesOf(one: z.infer<typeof StixIndicator>): IndicatorLine[] {
  const about = {
    place: one.id,
    ...(one.name ? { name: one.name.slice(0, 200) } : {}),
    ...(one.description ? { description: one.description.slice(0, 5000) } : {}),
    ...(typeof one.confidence === 'number' ? { confidence: Math.round(one.confidence) } : {}),
    ...(one.labels ? { tags: one.labels.map((label) => label.slice(0, 60)).slice(0, 30) } : {}),
    ...(one.valid_until ? { validUntil: new Date(one.valid_until) } : {}),
    ...(one.revoked ? { revoked: true } : {}),
  };
  const tlp = one.object_marking_refs?.map(tlpOfMarking).find((found) => found !== undefined);
  const shared = { ...about, ...(tlp ? { tlp } : {}) };
  if ((one.pattern_type ?? 'stix') !== 'stix')
    return [
      { ...shared, text: one.pattern, read: { fault: `Its pattern is ${one.pattern_type?.slice(0, 30)}, not STIX.` } },
    ];
  const { indicators, tied } = readStixPattern(one.pattern);
  if (tied)
    return [
      {
        ...shared,
        text: one.pattern,
        read: { fault: 'Its pattern ties several values together: one alone would say less.' },
      },
    ];
  if (indicators.length === 0)
    return [{ ...shared, text: one.pattern, read: { fault: 'Its pattern compares nothing that is kept here.' } }];
  return indicators.map(({ value }) => ({ ...shared, text: value, read: recogniseIndicator(value) }));
}

function readLines(text: string): IndicatorLine[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#')) return [];
    const cells = bare.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const read = cells.map((cell) => ({ cell, read: recogniseIndicator(cell) }));
    const found = read.find((one) => !('fault' in one.read));
    const place = `line ${index + 1}`;
    if (found) return [{ place, text: found.cell, read: found.read }];
    // A header names columns, and is no fault of the file.
    if (index === 0 && cells.length > 1) return [];
    return [{ place, text: bare.slice(0, 200), read: read[0]?.read ?? { fault: 'Nothing is left of it.' } }];
  });
}
