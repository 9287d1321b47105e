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
