export interface Addressed {
  addressed: 'yes' | 'direct' | 'no';
  /** Without the part that calls Talbot. */
  words: string;
}

/**
 * Whom a typed message speaks to: `/hunt WORDS`, `/WORDS`, `!WORDS` and a mention call Talbot everywhere, in the thread of a direct
 * message too, where plain words may be comments.
 */
export function addressedBy(text: string, direct: boolean): Addressed {
  const command = /^[/!](?:hunt(?:\s+|$))?(.*)$/is.exec(text);
  if (command !== null) return { addressed: 'yes', words: command[1]?.trim() || 'help' };
  const mention = /(^|\s)@talbot(?![\w-])[,:]?\s*/i;
  if (mention.test(text)) return { addressed: 'yes', words: text.replace(mention, '$1').trim() || 'help' };
  return { addressed: direct ? 'direct' : 'no', words: text };
}
