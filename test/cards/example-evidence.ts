import { bookmarkCard, bookmarkWithQueryCard } from '../../src/views/bookmark-card';
import { commentListCard } from '../../src/views/comment-list-card';
import { entityCard, entityListCard } from '../../src/views/entity-card';
import { bookmarkListCard } from '../../src/views/evidence-list-card';
import { mirroredCommentCard } from '../../src/views/mirrored-comment-card';
import { comments, entities, hostileBookmark, sprayBookmark } from './example-hunts';
import { daysAgo, hostile } from './example-people';

const firstPage = { page: 1, pages: 1 };
const [firstEntity] = entities as [(typeof entities)[number]];

/** Bookmarks, the entities in them, and comments. */
export const evidenceCards = [
  { name: 'bookmark', view: 'bookmark-card', card: bookmarkCard(sprayBookmark, 'Bookmarked') },
  { name: 'bookmark-with-query', view: 'bookmark-card', card: bookmarkWithQueryCard(sprayBookmark) },
  { name: 'bookmark-hostile', view: 'bookmark-card', card: bookmarkCard(hostileBookmark) },
  {
    name: 'bookmark-list',
    view: 'evidence-list-card',
    card: bookmarkListCard('H-4', [sprayBookmark, hostileBookmark], 2, firstPage),
  },
  { name: 'bookmark-list-empty', view: 'evidence-list-card', card: bookmarkListCard('H-4', [], 0, firstPage) },
  {
    name: 'entity-list',
    view: 'entity-card',
    card: entityListCard({
      hunt: 'H-4',
      entities,
      types: [
        { value: 'IP', count: 2 },
        { value: 'Host', count: 1 },
      ],
      total: 6,
      args: { hunt: 'H-4' },
      ...firstPage,
    }),
  },
  {
    name: 'entity-list-empty',
    view: 'entity-card',
    card: entityListCard({ hunt: 'H-4', entities: [], types: [], total: 0, args: { hunt: 'H-4' }, ...firstPage }),
  },
  {
    name: 'entity',
    view: 'entity-card',
    card: entityCard(firstEntity, {
      bookmarks: [{ id: 'B-2', name: 'Spray against finance', hunt: 'H-4', rows: 3, at: daysAgo(2) }],
      incidents: ['I-3'],
      indicators: [],
      namesakes: [{ id: 'E-9', hunts: ['H-2'] }],
      merged: [{ id: 'E-7', name: 'FERNHILL\\moliveira' }],
      pivots: [
        { key: 'signins', label: 'Sign-ins, a day around' },
        { key: 'changes', label: 'What it changed, a day around' },
      ],
      offers: { indicator: true, playbook: true },
    }),
  },
  {
    name: 'entity-hostile',
    view: 'entity-card',
    card: entityCard(
      {
        ...firstEntity,
        name: hostile,
        identifiers: Array.from({ length: 12 }, () => ({ identifier: 'FullName', value: hostile })),
      },
      {
        bookmarks: Array.from({ length: 30 }, (_, i) => ({
          id: `B-${i}`,
          name: hostile,
          hunt: 'H-4',
          rows: 1,
          at: undefined,
        })),
        incidents: [],
        indicators: ['T-1'],
        namesakes: [],
        merged: [{ id: 'E-7', name: hostile }],
        pivots: [],
      },
    ),
  },
  {
    name: 'comment-list',
    view: 'comment-list-card',
    card: commentListCard('H-4', comments, 23, { page: 1, pages: 3 }),
  },
  ...comments.slice(0, 2).map((comment, index) => ({
    name: `comment-mirrored-${index}`,
    view: 'mirrored-comment-card',
    card: mirroredCommentCard(
      {
        ...comment,
        text: `${hostile}\n\`\`\`\n${hostile}\n\`\`\``,
        files: [{ id: 'f', name: hostile, size: 12_345 }],
        leftOut: [{ name: hostile, why: hostile }],
      },
      () => 'http://127.0.0.1:3978/files/x',
    ),
  })),
  { name: 'comment-list-empty', view: 'comment-list-card', card: commentListCard('H-4', [], 0, firstPage) },
];
