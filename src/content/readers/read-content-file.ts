import { UserError } from '../../errors';
import { readHuntingQuery } from '../read-hunting-query';
import type { ContentFile, ReadFile } from './content-file';
import { decodeText } from './decode-text';
import { idOfPlace } from './plain-query';
import { readArmWatchlists } from './read-arm-watchlist';
import { isHearth, readHearth } from './read-hearth';
import { nameOfFile, readFunctionFile, readKqlFile } from './read-kql-file';
import { readMarkdown } from './read-markdown';
import { readParser } from './read-parser';
import { readPlaybook } from './read-playbook';
import { readRuleTemplate } from './read-rule-template';
import { isStixBundle, readStix } from './read-stix';
import { readWatchlist, type WatchlistAbout } from './read-watchlist';
import { fileFault } from './sentinel-yaml';

export interface ReadOptions {
  /** Somebody handed over this one file: whatever its folder is called, it is meant as content. */
  alone: boolean;
  /** What the solution that the file is in says of it, where it is a watchlist. */
  watchlist?: WatchlistAbout | undefined;
}

/** Reads one file by its ending and its words. Never throws for what the file holds: a fault is its reason in `left`. */
export function readContentFile(bytes: Uint8Array, source: string, options: ReadOptions): ReadFile {
  try {
    return readText(decodeText(bytes, source), source, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const why = error.message.startsWith(`${source} `) ? error.message.slice(source.length + 1) : error.message;
    return left(why);
  }
}

function readText(text: string, source: string, options: ReadOptions): ReadFile {
  const ending = /\.([a-z0-9]+)$/i.exec(source)?.[1]?.toLowerCase() ?? '';
  switch (ending) {
    case 'yaml':
    case 'yml':
      return readYamlFile(text, source);
    case 'json':
      return readJsonFile(text, source);
    case 'csv':
      return readCsvFile(text, source, options);
    case 'kql':
    case 'csl':
    case 'kusto':
      return readKql(text, source);
    case 'txt':
      return readTxtFile(text, source, options);
    case 'md':
    case 'markdown':
      return readMarkdownFile(text, source);
    default:
      return left(
        ending === '' ? 'has no ending that says what it is' : `is a .${ending} file, which holds no content`,
      );
  }
}

function readYamlFile(text: string, source: string): ReadFile {
  const keys = new Set([...text.matchAll(/^([A-Za-z]\w*)\s*:/gm)].map((match) => match[1]?.toLowerCase() ?? ''));
  const has = (...names: string[]) => names.some((name) => keys.has(name));
  if (has('functionquery', 'parserquery')) return taken({ kind: 'parser', content: readParser(text, source) });
  if (has('playbooks')) return taken({ kind: 'playbook', content: readPlaybook(text, source) });
  if (!has('query')) return left(`is YAML without a query${keys.size > 0 ? ` (it has ${someOf(keys)})` : ''}`);
  const id = idOfPlace(source);
  const isRule = /^kind\s*:\s*["']?(?!hunting)\w/im.test(text) || has('severity', 'queryfrequency', 'triggeroperator');
  if (isRule) return taken({ kind: 'rule-template', content: readRuleTemplate(text, source, id) });
  return taken({ kind: 'hunting-query', content: readHuntingQuery(text, source, id) });
}

function readJsonFile(text: string, source: string): ReadFile {
  const json = parseJson(text, source);
  if (isStixBundle(json)) {
    const { queries, left: rest } = readStix(json, source);
    return { items: queries.map((content) => ({ kind: 'hunting-query', content })), left: rest };
  }
  const watchlists = readArmWatchlists(json, source);
  if (watchlists.length > 0) return { items: watchlists.map((content) => ({ kind: 'watchlist', content })), left: [] };
  const named = typeof json === 'object' && json !== null && '$schema' in json ? String(json.$schema) : '';
  return left(
    /deploymentTemplate/i.test(named)
      ? 'is an ARM template without a watchlist'
      : 'is JSON that is no solution, watchlist or STIX bundle',
  );
}

function readCsvFile(text: string, source: string, { alone, watchlist }: ReadOptions): ReadFile {
  if (!alone && !watchlist && !/(?:^|\/)watchlists?\//i.test(source))
    return left('is a table outside of a folder Watchlists');
  const alias = watchlist?.alias ?? nameOfFile(source, false);
  if (!/^[\w .-]{1,200}$/.test(alias)) return left(`would be a watchlist “${alias.slice(0, 60)}”, which is no alias`);
  return taken({ kind: 'watchlist', content: readWatchlist(text, { ...watchlist, alias }, source) });
}

function readTxtFile(text: string, source: string, options: ReadOptions): ReadFile {
  // Licences, notes and lists of names have the same ending.
  if (
    !/^[ \t]*\|\s*(?:where|project|extend|summarize|join|distinct|parse|mv-expand|union|search|take|top|sort|order)\b/im.test(
      text,
    )
  )
    return left('is text in which no KQL was found');
  return options.alone || !isFunction(source)
    ? readKql(text, source)
    : taken({ kind: 'parser', content: readFunctionFile(text, source) });
}

function readKql(text: string, source: string): ReadFile {
  return isFunction(source)
    ? taken({ kind: 'parser', content: readFunctionFile(text, source) })
    : taken({ kind: 'hunting-query', content: readKqlFile(text, source) });
}

function isFunction(source: string): boolean {
  return /(?:^|\/)(?:parsers?|functions?)\//i.test(source);
}

function readMarkdownFile(text: string, source: string): ReadFile {
  const items: ContentFile[] = readMarkdown(text, source).map((content) => ({ kind: 'hunting-query', content }));
  if (isHearth(text)) items.push({ kind: 'hunt-idea', content: readHearth(text, source) });
  return items.length === 0 ? left('is Markdown without KQL') : { items, left: [] };
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw fileFault(source, `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function taken(item: ContentFile): ReadFile {
  return { items: [item], left: [] };
}

function left(why: string): ReadFile {
  return { items: [], left: [{ name: '', why }] };
}

function someOf(keys: ReadonlySet<string>): string {
  const names = [...keys];
  return `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
}
