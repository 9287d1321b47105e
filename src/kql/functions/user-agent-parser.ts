import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Characters of a user agent that are looked at: some of the thousand expressions take long over long texts. */
export const longestUserAgent = 1000;
/** User agents whose parts are kept: logs hold few different ones. */
const kept = 20_000;

export type AgentPart = 'Browser' | 'OperatingSystem' | 'Device';

type Captures = readonly (string | undefined)[];
type Entry = Readonly<Record<string, string>>;

interface Recogniser {
  pattern: RegExp;
  read(found: Captures): Record<string, string>;
}

/** In the order of the public list: the first expression that matches decides. */
const sections: Record<AgentPart, { list: string; other: string[]; read(entry: Entry, found: Captures): string[] }> = {
  Browser: {
    list: 'user_agent_parsers',
    other: ['MajorVersion', 'MinorVersion', 'Patch'],
    read: (entry, found) => [
      given(entry.family_replacement, found, 1),
      given(entry.v1_replacement, found, 2),
      given(entry.v2_replacement, found, 3),
      given(entry.v3_replacement, found, 4),
    ],
  },
  OperatingSystem: {
    list: 'os_parsers',
    other: ['MajorVersion', 'MinorVersion', 'Patch', 'PatchMinor'],
    read: (entry, found) => [
      given(entry.os_replacement, found, 1),
      given(entry.os_v1_replacement, found, 2),
      given(entry.os_v2_replacement, found, 3),
      given(entry.os_v3_replacement, found, 4),
      given(entry.os_v4_replacement, found, 5),
    ],
  },
  Device: {
    list: 'device_parsers',
    other: ['Brand', 'Model'],
    read: (entry, found) => [
      given(entry.device_replacement, found, 1),
      entry.brand_replacement === undefined ? '' : filled(entry.brand_replacement, found),
      given(entry.model_replacement, found, 1),
    ],
  },
};

let recognisers: Record<AgentPart, Recogniser[]> | undefined;
const known = new Map<string, Record<string, string>>();

/** What a user agent says of one part, by the public list of uap-core; `Other` as the family of an unknown one. */
export function parseUserAgent(text: string, part: AgentPart): Record<string, string> {
  const agent = text.slice(0, longestUserAgent);
  const key = `${part}:${agent}`;
  const before = known.get(key);
  if (before) return before;
  recognisers ??= readRecognisers();
  let result: Record<string, string> | undefined;
  for (const { pattern, read } of recognisers[part]) {
    const found = pattern.exec(agent);
    if (!found) continue;
    result = read(found);
    break;
  }
  result ??= named(part, ['Other']);
  if (known.size >= kept) known.clear();
  known.set(key, result);
  return result;
}

function readRecognisers(): Record<AgentPart, Recogniser[]> {
  const file: unknown = parse(readFileSync(require.resolve('uap-core/regexes.yaml'), 'utf8'));
  const section = (part: AgentPart) =>
    entriesOf(file, sections[part].list).map((entry) => ({
      pattern: new RegExp(entry.regex ?? '(?!)', entry.regex_flag ?? ''),
      read: (found: Captures) => named(part, sections[part].read(entry, found)),
    }));
  return { Browser: section('Browser'), OperatingSystem: section('OperatingSystem'), Device: section('Device') };
}

function entriesOf(file: unknown, list: string): Entry[] {
  const entries: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, list) : undefined;
  if (!Array.isArray(entries)) throw new Error(`the list of user agents has no ${list}`);
  return entries.map((entry: object) =>
    Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, String(value)])),
  );
}

function named(part: AgentPart, values: string[]): Record<string, string> {
  return Object.fromEntries(['Family', ...sections[part].other].map((name, i) => [name, values[i] ?? '']));
}

function given(replacement: string | undefined, found: Captures, group: number): string {
  return replacement === undefined ? (found[group] ?? '').trim() : filled(replacement, found);
}

function filled(replacement: string, found: Captures): string {
  return replacement.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '').trim();
}
