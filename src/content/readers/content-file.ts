import type { HuntingQueryContent } from '../read-hunting-query';
import type { HuntIdeaContent } from './read-hearth';
import type { ParserContent } from './read-parser';
import type { PlaybookContent } from './read-playbook';
import type { RuleTemplateContent } from './read-rule-template';
import type { WatchlistContent } from './read-watchlist';

/** One piece of content, whatever it was written in. */
export type ContentFile =
  | { kind: 'hunting-query'; content: HuntingQueryContent }
  | { kind: 'rule-template'; content: RuleTemplateContent }
  | { kind: 'parser'; content: ParserContent }
  | { kind: 'watchlist'; content: WatchlistContent }
  | { kind: 'playbook'; content: PlaybookContent }
  | { kind: 'hunt-idea'; content: HuntIdeaContent };

/** What one file gave: pieces of content, and what of it was left with the reason, which completes “the file …”. */
export interface ReadFile {
  items: ContentFile[];
  left: { name: string; why: string }[];
}

/** The id of content that carries none: the same file gives the same one, so that a second import knows it. */
export function idOfPlace(source: string, part = ''): string {
  return `file:${source.toLowerCase()}${part === '' ? '' : `#${part.toLowerCase()}`}`.slice(0, 500);
}

/** What is said of a query in words only: nothing is known of its tables and entities. */
export function plainQuery(
  given: Pick<HuntingQueryContent, 'id' | 'name' | 'description' | 'query' | 'source'> &
    Partial<Pick<HuntingQueryContent, 'tactics' | 'techniques' | 'dataTypes' | 'entityMappings'>>,
): HuntingQueryContent {
  return { tactics: [], techniques: [], dataTypes: [], entityMappings: [], version: '1.0.0', ...given };
}
