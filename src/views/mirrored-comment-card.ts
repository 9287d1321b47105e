import type { Card } from '../chat/card';
import type { Comment } from '../domain/comment';
import { commentBlocks } from './comment-blocks';
import { fileDetail } from './file-detail';
import { platformText } from './wording';

/** A comment as the other threads of its hunt show it: who said it, where, and what. `link` gives the address of a kept file. */
export function mirroredCommentCard(comment: Comment, link: (id: string) => string): Card {
  const who = `${comment.author.name} on ${platformText(comment.thread?.platform ?? comment.author.platform)}`;
  if (comment.withdrawnAt) return { title: `${who} took a comment back`, blocks: [{ type: 'note', text: comment.id }] };
  return {
    title: who,
    blocks: [
      ...commentBlocks(comment.text),
      ...(comment.files ?? []).map((file) => ({
        type: 'file' as const,
        name: file.name,
        url: link(file.id),
        detail: fileDetail(file.size),
      })),
      ...(comment.leftOut ?? []).map((file) => ({
        type: 'note' as const,
        text: `${file.name} was not kept: ${file.why}`,
      })),
      { type: 'note', text: `${comment.id}${comment.editedAt ? ', edited' : ''}` },
    ],
  };
}
