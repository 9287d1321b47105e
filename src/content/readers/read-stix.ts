import { z } from 'zod';
import type { HuntingQueryContent } from '../read-hunting-query';
import { nameOfFile } from './read-kql-file';
import { stixLookups } from './stix-lookups';
import { type IndicatorType, readStixPattern } from './stix-pattern';
import { techniquesInText } from './techniques-in-text';

const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.unknown()).max(500_000).default([]) });
const Thing = z.object({
  type: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  revoked: z.boolean().nullish(),
  pattern: z.string().max(100_000).nullish(),
  pattern_type: z.string().nullish(),
  external_references: z.array(z.object({ external_id: z.string().nullish() }).loose()).nullish(),
});

export function isStixBundle(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'type' in json && json.type === 'bundle';
}

/**
 * The indicators of a STIX 2.1 bundle as lookups, one for each type of value; its attack patterns are their techniques. What
 * cannot be looked up is counted in `left` by its reason. Values that a pattern ties together are looked up singly, which the
 * lookup's description says.
 */
export function readStix(
  json: unknown,
  source: string,
): { queries: HuntingQueryContent[]; left: { name: string; why: string }[] } {
  const bundle = Bundle.safeParse(json);
  if (!bundle.success) return { queries: [], left: [{ name: '', why: 'is no STIX 2.1 bundle' }] };
  const values = new Map<IndicatorType, Set<string>>();
  const reasons = new Map<string, number>();
  const leave = (why: string) => reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const techniques = new Set<string>();
  let title: string | undefined;
  let indicators = 0;
  let anyTied = false;
  for (const object of bundle.data.objects) {
    const read = Thing.safeParse(object);
    if (!read.success) {
      leave('an object that is not as STIX 2.1 has it');
      continue;
    }
    const thing = read.data;
    if (thing.type === 'attack-pattern') {
      const ids = thing.external_references?.map((one) => one.external_id ?? '').join(' ') ?? '';
      for (const id of techniquesInText(ids)) techniques.add(id);
    }
    if (['report', 'campaign', 'grouping'].includes(thing.type) && thing.name) title ??= thing.name;
    if (thing.type !== 'indicator') continue;
    indicators += 1;
    if (thing.revoked) leave('an indicator that was revoked');
    else if ((thing.pattern_type ?? 'stix') !== 'stix' || !thing.pattern)
      leave(`an indicator whose pattern is ${thing.pattern_type?.slice(0, 30) ?? 'missing'}, not STIX`);
    else {
      const pattern = readStixPattern(thing.pattern);
      anyTied ||= pattern.tied && pattern.indicators.length > 0;
      for (const { type, value } of pattern.indicators) {
        const known = values.get(type) ?? new Set();
        values.set(type, known.add(type === 'ip' ? value.replace(/\/(?:32|128)$/, '') : value));
      }
      for (const one of pattern.left) leave(`a comparison that is not looked up: ${one.slice(0, 60)}`);
    }
  }
  const description = [
    `Looks for the indicators of ${source.split('/').at(-1)}.`,
    ...(anyTied
      ? ['Values that its patterns tie together are looked for one by one: a hit is a lead, not the whole pattern.']
      : []),
  ].join('\n');
  const about = {
    title: (title ?? nameOfFile(source)).slice(0, 150),
    description,
    techniques: [...techniques].sort(),
    source,
  };
  const left = [...reasons].map(([why, count]) => ({ name: '', why: `holds ${count} × ${why}` }));
  if (indicators === 0) left.push({ name: '', why: 'is a STIX bundle without indicators' });
  return { queries: stixLookups(about, values), left };
}
