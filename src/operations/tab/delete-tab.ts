import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { findTab } from '../../hunting/find-tab';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const deleteTab = defineCommand({
  name: 'tab delete',
  summary: 'Deletes a tab, after asking; its runs stay',
  formTitle: 'Delete a tab',
  submit: 'Delete',
  permission: 'hunt',
  example: 'tab delete K-1',
  input: { tab: field.key('tab'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['tab'],
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    if (!input.confirmed) {
      const yes = {
        label: `Delete ${tab.id}`,
        command: 'tab delete',
        args: { tab: tab.id, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const card = confirmCard(`Delete ${tab.id} “${tab.name}”?`, 'Its runs stay. It can be restored.', yes);
      return { kind: 'card', card, to: 'asker' };
    }
    await change(ctx.stores.tabs, tab.id, (current) => {
      const { key: _key, ...rest } = current;
      return { ...rest, deletedAt: ctx.clock.now(), updatedAt: ctx.clock.now() };
    });
    await recordChange(ctx, { hunt: tab.hunt, subject: tab.id, what: 'deleted the tab', before: tab.name });
    await refreshHunt(ctx, tab.hunt);
    const undo = { label: 'Undo', command: 'tab restore', args: { tab: tab.id }, opens: 'nothing' as const };
    const card = noticeCard(`${tab.id} “${tab.name}” was deleted by ${ctx.person.name}.`, [undo], 'neutral');
    return { kind: 'card', card, to: 'everyone' };
  },
});
