import type { Block } from '../chat/card';

/** A comment as blocks: what stands between fences is code on every platform, the rest is text. A fence without an end is text. */
export function commentBlocks(text: string): Block[] {
  const pieces = text.split('```');
  const open = pieces.length % 2 === 0 ? pieces.pop() : undefined;
  if (open !== undefined) pieces.push(`${pieces.pop() ?? ''}\`\`\`${open}`);
  return pieces.flatMap((piece, at): Block[] => {
    if (at % 2 === 0) return piece.trim() === '' ? [] : [{ type: 'text', text: piece.trim() }];
    const code = piece.replace(/^[\w-]*\n/, '').replace(/\n$/, '');
    return code.trim() === '' ? [] : [{ type: 'code', text: code }];
  });
}
