import type { Block } from '../chat/card';

/** A comment as blocks: what stands between fences is code on every platform, the rest is text. */
export function commentBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (const match of text.matchAll(/```[\w-]*\n?([\s\S]*?)```/g)) {
    const before = text.slice(at, match.index).trim();
    if (before !== '') blocks.push({ type: 'text', text: before });
    const code = (match[1] ?? '').replace(/\n$/, '');
    if (code.trim() !== '') blocks.push({ type: 'code', text: code });
    at = match.index + match[0].length;
  }
  const rest = text.slice(at).trim();
  if (rest !== '') blocks.push({ type: 'text', text: rest });
  return blocks;
}
