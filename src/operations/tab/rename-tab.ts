import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { findTab } from '../../hunting/find-tab';
import { recordChange } from '../../hunting/record-change';
import { noticeCard } from '../../views/notice-card';

export const renameTab = defineCommand({
  name: 'tab rename',
  summary: 'Gives a tab another name',
  formTitle: 'Rename the tab',
  permission: 'hunt',
  example: 'tab rename K-1 Sign-ins from the rented address',
  input: { tab: field.key('tab'), name: field.text({ label: 'Name', max: 200, rest: true, sample: 'NAME' }) },
  positional: ['tab', 'name'],
  async fill(ctx, args) {
    if (typeof args.tab !== 'string') return {};
    return { name: (await findTab(ctx, args.tab.toUpperCase())).name };
  },
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    await ctx.hunt(tab.hunt);
    const name = input.name.replace(/\s+/g, ' ');
    let before = tab.name;
    await change(ctx.stores.tabs, tab.id, (current) => {
      before = current.name;
      return current.name === name ? null : { ...current, name, updatedAt: ctx.clock.now() };
    });
    if (before === name)
      return { kind: 'card', card: noticeCard(`${tab.id} is called that already.`, [], 'neutral'), to: 'asker' };
    await recordChange(ctx, { hunt: tab.hunt, subject: tab.id, what: 'changed the name', before, after: name });
    const show = { label: 'Show it', command: 'tab show', args: { tab: tab.id }, opens: 'nothing' as const };
    const card = noticeCard(`${tab.id} is now called “${name}”, says ${ctx.person.name}.`, [show]);
    return { kind: 'card', card, to: 'everyone' };
  },
});
