import type { Card } from '../chat/card';
import type { Comment } from '../domain/comment';
import { commentBlocks } from './comment-blocks';
import { fileDetail } from './file-detail';
import { type Page, pager } from './pager';
import { counted, instantText, platformText, shortened } from './wording';

/** Something whose key a comment says, and what opens it. */
export interface MentionedThing {
  key: string;
  name: string;
  command: string;
  args: Record<string, string>;
}

export interface CommentListOptions {
  things?: MentionedThing[];
  /** The list's own words, to ask for another page with. */
  args?: Record<string, string>;
  /** The address of a kept file. */
  link?: (id: string) => string;
}

/** Comments of a hunt from every platform, in the order they were said, or the newest first. */
export function commentListCard(
  hunt: string,
  comments: Comment[],
  total: number,
  page: Page,
  options: CommentListOptions = {},
): Card {
  const { things = [], args = { hunt }, link } = options;
  const newest = args.newest !== undefined;
  if (total === 0)
    return args.search
      ? {
          title: `No comment in ${hunt} has these words`,
          blocks: [
            {
              type: 'actions',
              buttons: [{ label: 'All comments', command: 'comments', args: { hunt }, opens: 'nothing' }],
            },
          ],
        }
      : {
          title: `No comments in ${hunt}`,
          blocks: [{ type: 'text', text: 'A plain reply in the hunt’s thread becomes one.' }],
        };
  const turned: Record<string, string> = {
    hunt,
    ...(args.search ? { search: args.search } : {}),
    ...(newest ? {} : { newest: 'yes' }),
  };
  return {
    title: `${counted(total, 'comment')} in ${hunt}`,
    blocks: [
      ...comments.flatMap((one): Card['blocks'] => [
        {
          type: 'note',
          text: `${one.id} · ${one.author.name} on ${platformText(one.author.platform)}, ${instantText(one.createdAt)}${one.editedAt ? ', edited' : ''}`,
        },
        ...commentBlocks(one.text),
        ...(link ? (one.files ?? []) : []).map((file) => ({
          type: 'file' as const,
          name: file.name,
          url: link?.(file.id) ?? '',
          detail: fileDetail(file.size),
        })),
      ]),
      ...(total > comments.length
        ? [{ type: 'note' as const, text: `Page ${page.page} of ${page.pages}; newest ${newest ? 'first' : 'last'}.` }]
        : []),
      ...(things.length > 0
        ? [
            {
              type: 'actions' as const,
              buttons: things.map(({ key, name, command, args: opens }) => ({
                label: shortened(`${key} ${name}`, 40),
                command,
                args: opens,
                opens: 'nothing' as const,
              })),
            },
          ]
        : []),
      ...pager('comments', args, page),
      ...(total > 1
        ? [
            {
              type: 'actions' as const,
              buttons: [
                {
                  label: newest ? 'Oldest first' : 'Newest first',
                  command: 'comments',
                  args: { ...turned, page: '1' },
                  opens: 'nothing' as const,
                },
              ],
            },
          ]
        : []),
    ],
  };
}
