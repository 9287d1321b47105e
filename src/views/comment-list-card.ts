import type { Card } from '../chat/card';
import type { Comment } from '../domain/comment';
import { type Page, pager } from './pager';
import { counted, instantText, platformText, shortened } from './wording';

/** Something whose key a comment says, and what opens it. */
export interface MentionedThing {
  key: string;
  name: string;
  command: string;
  args: Record<string, string>;
}

/** Comments of a hunt from every platform, in the order they were said. */
export function commentListCard(
  hunt: string,
  comments: Comment[],
  total: number,
  page: Page,
  things: MentionedThing[] = [],
): Card {
  const title = `${counted(total, 'comment')} in ${hunt}`;
  if (total === 0) {
    return {
      title: `No comments in ${hunt}`,
      blocks: [{ type: 'text', text: 'A plain reply in the hunt’s thread becomes one.' }],
    };
  }
  return {
    title,
    blocks: [
      ...comments.flatMap((one): Card['blocks'] => [
        {
          type: 'note',
          text: `${one.id} · ${one.author.name} on ${platformText(one.author.platform)}, ${instantText(one.createdAt)}${one.editedAt ? ', edited' : ''}`,
        },
        { type: 'text', text: one.text },
      ]),
      ...(total > comments.length
        ? [{ type: 'note' as const, text: `Page ${page.page} of ${page.pages}; newest last.` }]
        : []),
      ...(things.length > 0
        ? [
            {
              type: 'actions' as const,
              buttons: things.map(({ key, name, command, args }) => ({
                label: shortened(`${key} ${name}`, 40),
                command,
                args,
                opens: 'nothing' as const,
              })),
            },
          ]
        : []),
      ...pager('comments', { hunt }, page),
    ],
  };
}
