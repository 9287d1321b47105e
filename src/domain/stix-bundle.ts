import type { Indicator, IndicatorKind, Tlp } from './indicator';
import { stableUuid } from './stable-uuid';

/** TLP 2.0 marking definitions, as OASIS publishes them among its common objects. */
const markings: Record<Tlp, string> = {
  clear: '94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: '55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': '939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

const paths: Record<IndicatorKind, string> = {
  'ipv4-addr': 'ipv4-addr:value',
  'ipv6-addr': 'ipv6-addr:value',
  'domain-name': 'domain-name:value',
  url: 'url:value',
  'email-addr': 'email-addr:value',
  'file-md5': 'file:hashes.MD5',
  'file-sha1': "file:hashes.'SHA-1'",
  'file-sha256': "file:hashes.'SHA-256'",
};

/** `[ipv4-addr:value = '198.51.100.7']`; quotes and backslashes of the value are escaped as STIX 2.1 asks. */
export function stixPattern(kind: IndicatorKind, value: string): string {
  return `[${paths[kind]} = '${value.replace(/[\\']/g, '\\$&')}']`;
}

/** One STIX 2.1 indicator object, without the marking definition that it refers to. */
export function stixIndicator(one: Indicator, identity?: string) {
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: one.stixId,
    ...(identity ? { created_by_ref: identity } : {}),
    created: one.createdAt.toISOString(),
    modified: one.updatedAt.toISOString(),
    name: one.name,
    ...(one.description ? { description: one.description } : {}),
    indicator_types: ['malicious-activity'],
    pattern: one.pattern,
    pattern_type: 'stix',
    valid_from: one.validFrom.toISOString(),
    ...(one.validUntil && one.validUntil > one.validFrom ? { valid_until: one.validUntil.toISOString() } : {}),
    ...(one.revokedAt ? { revoked: true } : {}),
    confidence: one.confidence,
    ...(one.tags.length > 0 ? { labels: one.tags } : {}),
    object_marking_refs: [`marking-definition--${markings[one.tlp]}`],
  };
}

function markingObject(tlp: Tlp) {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${markings[tlp]}`,
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${tlp.toUpperCase()}`,
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: tlp } },
  };
}

/** A STIX 2.1 bundle of indicators with the markings they refer to and Talbot as their author. */
export function stixBundle(indicators: readonly Indicator[], at: Date) {
  const identity = `identity--${stableUuid('talbot')}`;
  const tlps = [...new Set(indicators.map((one) => one.tlp))];
  return {
    type: 'bundle',
    id: `bundle--${stableUuid(`${at.toISOString()}|${indicators.map((one) => one.stixId).join('|')}`)}`,
    objects: [
      {
        type: 'identity',
        spec_version: '2.1',
        id: identity,
        created: '2026-01-01T00:00:00.000Z',
        modified: '2026-01-01T00:00:00.000Z',
        name: 'Talbot',
        identity_class: 'system',
      },
      ...tlps.map(markingObject),
      ...indicators.map((one) => stixIndicator(one, identity)),
    ],
  };
}

/** TLP of a marking's id, of version 1 or 2; undefined for others. */
export function tlpOfMarking(id: string): Tlp | undefined {
  const first: Record<string, Tlp> = {
    '613f2e26-407d-48c7-9eca-b8e91df99dc9': 'clear',
    '34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
    'f88d31f6-486f-44da-b317-01333bde0b82': 'amber',
    '5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
  };
  const uuid = id.replace(/^marking-definition--/, '');
  const second = (Object.keys(markings) as Tlp[]).find((tlp) => markings[tlp] === uuid);
  return second ?? first[uuid];
}
