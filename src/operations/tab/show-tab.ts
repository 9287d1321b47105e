import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findTab } from '../../hunting/find-tab';
import { tabCard } from '../../views/tab-card';

export const showTab = defineCommand({
  name: 'tab show',
  summary: 'Shows a tab: its query, its range and its last result',
  formTitle: 'Show a tab',
  submit: 'Show',
  permission: 'read',
  example: 'tab show K-1',
  input: { tab: field.key('tab') },
  positional: ['tab'],
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    const run = tab.run ? await ctx.stores.runs.get(tab.run) : null;
    return { kind: 'card', card: tabCard(tab, run), to: 'asker' };
  },
});
