import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { markFavourite } from '../../hunting/mark-favourite';
import { noticeCard } from '../../views/notice-card';

export const unfavouriteQuery = defineCommand({
  name: 'query unfavourite',
  summary: 'Takes a query from your favourites',
  formTitle: 'No favourite any more',
  submit: 'Save',
  permission: 'read',
  example: 'query unfavourite Q-1',
  input: { query: field.key('query') },
  positional: ['query'],
  async run(ctx, input) {
    const query = await markFavourite(ctx, input.query, false);
    const undo = { label: 'Undo', command: 'query favourite', args: { query: query.id }, opens: 'nothing' as const };
    const text = `${query.id} “${query.name}” is no favourite of yours any more.`;
    return { kind: 'card', card: noticeCard(text, [undo], 'neutral'), to: 'asker' };
  },
});
