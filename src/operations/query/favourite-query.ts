import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { markFavourite } from '../../hunting/mark-favourite';
import { noticeCard } from '../../views/notice-card';

export const favouriteQuery = defineCommand({
  name: 'query favourite',
  summary: 'Makes a query one of your favourites',
  formTitle: 'Favourite query',
  submit: 'Save',
  permission: 'read',
  example: 'query favourite Q-1',
  input: { query: field.key('query') },
  positional: ['query'],
  async run(ctx, input) {
    const query = await markFavourite(ctx, input.query, true);
    const all = { label: 'My favourites', command: 'queries', args: { favourites: 'yes' }, opens: 'nothing' as const };
    const undo = { label: 'Undo', command: 'query unfavourite', args: { query: query.id }, opens: 'nothing' as const };
    const text = `★ ${query.id} “${query.name}” is one of your favourites.`;
    return { kind: 'card', card: noticeCard(text, [all, undo]), to: 'asker' };
  },
});
