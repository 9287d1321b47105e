import type { HuntingQueryContent } from '../read-hunting-query';
import { withoutEnd } from '../without-end';
import { idOfPlace, plainQuery } from './plain-query';
import { nameOfFile } from './read-kql-file';
import { techniquesInText } from './techniques-in-text';

const longestName = 200;
const longestDescription = 2000;

/** Words that say in what a block runs, not what it looks for. */
const placeWords =
  /^(?:kql|kusto|query|queries|hunting query|detection|azure sentinel|(?:microsoft )?sentinel|(?:microsoft )?(?:365 )?defender(?: (?:xdr|for endpoint|365|for identity|for office 365))?|m365d?|mde|xdr|advanced hunting|unified security operations platform|log analytics)\W*$/i;

interface Block {
  text: string;
  heading: string;
  /** The line of its fence, from 1. */
  line: number;
}

/**
 * The KQL in the fences of a Markdown file: one query for each fence that says `kql` or `kusto`, or says nothing and looks like it.
 * The heading above is its name, with the file's title where the heading only says where it runs; ATT&CK ids anywhere in the
 * text are its techniques. Empty where there is none.
 */
export function readMarkdown(text: string, source: string): HuntingQueryContent[] {
  const { title, prose, blocks } = outline(text);
  const techniques = techniquesInText(`${source}\n${text}`);
  const taken = new Map<string, number>();
  return blocks.map(({ text: query, heading }) => {
    const whole = title ?? nameOfFile(source);
    const plain = heading === '' || heading === whole || /^description$/i.test(heading);
    const named = plain ? whole : placeWords.test(heading) ? `${whole} (${withoutEnd(heading, /\W/)})` : heading;
    const times = (taken.get(named) ?? 0) + 1;
    taken.set(named, times);
    const name = times === 1 ? named : `${named} ${times}`;
    return plainQuery({
      id: idOfPlace(source, name),
      name: name.slice(0, longestName),
      description: (name === whole ? prose : `${whole}\n${prose}`).trim().slice(0, longestDescription),
      query,
      techniques,
      source,
    });
  });
}

/** Title, first paragraphs, and fenced KQL with the heading above each. */
function outline(text: string): { title: string | undefined; prose: string; blocks: Block[] } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let title: string | undefined;
  let heading = '';
  let fence: { mark: string; info: string; line: number; lines: string[] } | undefined;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (fence) {
      const closes = line.trim().startsWith(fence.mark) && line.trim().replaceAll(fence.mark.charAt(0), '') === '';
      if (!closes) fence.lines.push(line);
      else {
        const query = fence.lines.join('\n').trim();
        if (isKql(fence.info, query)) blocks.push({ text: query, heading, line: fence.line });
        fence = undefined;
      }
      continue;
    }
    const opened = /^\s{0,3}(`{3,}|~{3,})([^`]*)$/.exec(line);
    const head = /^\s{0,3}(#{1,6})\s(.*)$/.exec(line);
    if (opened?.[1]) fence = { mark: opened[1], info: opened[2] ?? '', line: index + 1, lines: [] };
    else if (head) {
      heading = plainWords(withoutEnd((head[2] ?? '').trim(), /#/));
      if (title === undefined && head[1] === '#') title = heading;
    } else if (blocks.length === 0 && !/^\s*(\||!?\[|<|[-=*_]{3,}\s*$)/.test(line)) prose.push(plainWords(line));
  }
  return {
    title,
    prose: prose
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    blocks,
  };
}

function isKql(info: string, text: string): boolean {
  const language =
    info
      .trim()
      .split(/[\s{,]/)[0]
      ?.toLowerCase() ?? '';
  if (text === '') return false;
  if (['kql', 'kusto', 'csl'].includes(language)) return true;
  // Many authors leave the language out, or name another for its colours.
  const open = ['', 'c#', 'csharp', 'sql', 'text', 'txt', 'powerquery'].includes(language);
  return (
    open &&
    /^[ \t]*(?:let\s+\w+\s*=|union\b|[A-Z]\w+[ \t]*(?:\/\/.*)?\r?\n\s*\|)/m.test(text) &&
    /^[ \t]*\|\s*\w+/m.test(text)
  );
}

/** Emphasis, links and code marks taken off. */
function plainWords(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\]\([^)[]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim();
}
