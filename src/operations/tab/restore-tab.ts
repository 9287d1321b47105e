import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { keyOfTab, requireFreeText } from '../../hunting/find-tab';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { reviseTab } from '../../hunting/revise-tab';
import { tabCard } from '../../views/tab-card';

export const restoreTab = defineCommand({
  name: 'tab restore',
  summary: 'Brings a deleted tab back, or an earlier wording of one',
  formTitle: 'Restore a tab',
  submit: 'Restore',
  permission: 'hunt',
  example: 'tab restore K-1 --revision 2',
  input: {
    tab: field.key('tab'),
    revision: field.optional(
      field.whole({ label: 'Revision', summary: 'Number in “tab history”', least: 1, most: 1_000_000 }),
    ),
  },
  positional: ['tab', 'revision'],
  async run(ctx, input) {
    const there = await ctx.stores.tabs.get(input.tab);
    if (!there) throw new UserError('not-found', `There never was a tab ${input.tab}.`);
    const revision = input.revision === undefined ? undefined : there.revisions[input.revision - 1];
    if (input.revision !== undefined && !revision)
      throw new UserError(
        'not-found',
        `${there.id} has no revision ${input.revision}.`,
        `“tab history ${there.id}” lists them.`,
        { revision: 'There is no such revision.' },
      );
    let tab = there;
    if (there.deletedAt) {
      const key = keyOfTab(there);
      await requireFreeText(ctx, key, there.id);
      tab =
        (await change(ctx.stores.tabs, there.id, (current) => {
          const { deletedAt: _deleted, ...alive } = current;
          return { ...alive, key, updatedAt: ctx.clock.now() };
        })) ?? there;
      await recordChange(ctx, { hunt: tab.hunt, subject: tab.id, what: 'restored the tab', after: tab.name });
      await refreshHunt(ctx, tab.hunt);
    }
    if (revision)
      tab = await reviseTab(ctx, tab, { text: revision.text, what: `brought back revision ${input.revision}` });
    const run = tab.run ? await ctx.stores.runs.get(tab.run) : null;
    return { kind: 'card', card: tabCard(tab, run), to: 'everyone' };
  },
});
