import { withoutEnd } from '../without-end';
import { idOfPlace } from './plain-query';
import { fileFault } from './sentinel-yaml';
import { techniquesInText } from './techniques-in-text';

/** A hypothesis that somebody wrote down for others to hunt: a hunt may start from it. */
export interface HuntIdeaContent {
  id: string;
  /** `H001` */
  key: string;
  name: string;
  hypothesis: string;
  /** Why it is worth a hunt, as its author says. */
  description: string;
  tactics: string[];
  techniques: string[];
  labels: string[];
  author: string;
  source: string;
}

const columns = {
  key: /^hunt\b/i,
  idea: /idea|hypothesis/i,
  tactic: /tactic/i,
  notes: /notes/i,
  tags: /tags/i,
  submitter: /submitter/i,
};

/** Whether a Markdown text has HEARTH's table: Hunt #, Idea / Hypothesis, Tactic, Notes, Tags, Submitter. */
export function isHearth(text: string): boolean {
  const heads = text.matchAll(/^[ \t]*\|[ \t]*\**hunt[ \t]*#\**[ \t]*\|.*$/gim);
  return [...heads].some(([head]) => {
    const named = head.search(/idea|hypothesis/i);
    return named >= 0 && head.includes('|', named);
  });
}

/** Reads a hunt in the form of HEARTH. Throws UserError `bad-input` where its table has no row. */
export function readHearth(text: string, source: string): HuntIdeaContent {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const head = lines.findIndex((line) => isHearth(line));
  const names = cells(lines[head] ?? '');
  const row = lines.slice(head + 1).find((line) => line.trim().startsWith('|') && !/^[\s|:-]+$/.test(line));
  if (row === undefined) throw fileFault(source, 'is a hunt without a row in its table');
  const values = cells(row);
  const value = (of: RegExp) => values[names.findIndex((name) => of.test(name))] ?? '';
  const hypothesis = value(columns.idea) || (lines.find((line) => /^[^#|\s]/.test(line)) ?? '').trim();
  if (hypothesis === '') throw fileFault(source, 'is a hunt without a hypothesis');
  const key = value(columns.key) || (/^#\s+(\S+)/m.exec(text)?.[1] ?? '');
  const tags = value(columns.tags)
    .split(/[\s,]+/)
    .map((tag) => tag.replace(/^#+/, ''))
    .filter((tag) => tag !== '');
  const notes = value(columns.notes);
  const why = /^##\s+why\s*$([\s\S]*?)(?=^##\s|$(?![\s\S]))/im.exec(text)?.[1]?.trim() ?? '';
  return {
    id: idOfPlace(source),
    key,
    name: firstSentence(hypothesis),
    hypothesis,
    description: [notes, why]
      .filter((part) => part !== '')
      .join('\n\n')
      .slice(0, 5000),
    tactics: [
      ...new Set(
        value(columns.tactic)
          .split(/[,;/]|<br\s*\/?>/i)
          .map(tacticName)
          .filter((name) => name !== ''),
      ),
    ],
    techniques: techniquesInText(text),
    labels: [...new Set(tags)].slice(0, 20),
    author: value(columns.submitter)
      .replace(/\[([^[\]]*)\]\([^)[]*\)/g, '$1')
      .slice(0, 200),
    source,
  };
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').replace(/[*`]/g, '').trim());
}

/** `Command and Control` as Sentinel spells it: `CommandAndControl`. */
function tacticName(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function firstSentence(text: string): string {
  const sentence = /^.{10,160}?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  const bare = withoutEnd(sentence, /[.\s]/);
  return bare.length <= 160 ? bare : `${bare.slice(0, 159).trimEnd()}…`;
}
