import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findTab } from '../../hunting/find-tab';
import { tabHistoryCard } from '../../views/tab-history-card';

export const tabHistory = defineCommand({
  name: 'tab history',
  summary: 'Shows who changed a tab’s query, when and which lines',
  permission: 'read',
  example: 'tab history K-1',
  input: {
    tab: field.key('tab'),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['tab'],
  async run(ctx, input) {
    return { kind: 'card', card: tabHistoryCard(await findTab(ctx, input.tab), input.page), to: 'asker' };
  },
});
