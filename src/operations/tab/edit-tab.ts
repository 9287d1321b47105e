import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cleanKql, queryFields } from '../../commands/query-fields';
import { checkNewText } from '../../hunting/check-new-text';
import { findTab } from '../../hunting/find-tab';
import { reviseTab } from '../../hunting/revise-tab';
import { rangeOf, runTab } from '../../hunting/run-tab';
import { noticeCard } from '../../views/notice-card';
import { tabCard } from '../../views/tab-card';

export const editTab = defineCommand({
  name: 'tab edit',
  summary: 'Changes a tab’s query; what it was before is kept',
  formTitle: 'Edit the tab',
  permission: 'hunt',
  formFirst: true,
  example: 'tab edit K-1',
  input: {
    tab: field.key('tab'),
    kql: field.optional(queryFields.kql()),
    since: field.optional(field.span({ label: 'Since', summary: 'How far back it looks; left out: as before' })),
    run: field.flag({ label: 'Run it', summary: 'As soon as it is saved' }),
    corrects: field.optional(field.key('run', { label: 'Run', hidden: true })),
  },
  positional: ['tab'],
  async fill(ctx, args) {
    if (typeof args.tab !== 'string') return {};
    const tab = await findTab(ctx, args.tab.toUpperCase());
    const hours = Math.round((tab.sinceMilliseconds ?? 0) / 3_600_000);
    const fixed = tab.from !== undefined || tab.to !== undefined;
    return {
      kql: tab.text,
      ...(hours > 0 && !fixed ? { since: hours % 24 === 0 ? `${hours / 24}d` : `${hours}h` } : {}),
      ...(typeof args.corrects === 'string' ? { run: 'yes' } : {}),
    };
  },
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    const hunt = await ctx.hunt(tab.hunt);
    const text = input.kql === undefined ? tab.text : cleanKql(input.kql);
    const note = text === tab.text ? null : await checkNewText(ctx, text);
    const since = input.since === tab.sinceMilliseconds ? undefined : input.since;
    const changed = await reviseTab(ctx, tab, { text, what: 'changed the KQL' }, since);
    if (input.run) {
      const range = since === undefined ? undefined : rangeOf({ since, 'as-of': tab.asOf, engine: tab.engine });
      return runTab(ctx, hunt, changed, range ? { range } : {});
    }
    if (changed.version === tab.version)
      return { kind: 'card', card: noticeCard(`Nothing of ${tab.id} was changed.`, [], 'neutral'), to: 'asker' };
    const run = changed.run ? await ctx.stores.runs.get(changed.run) : null;
    const card = tabCard(changed, run);
    if (note) card.blocks.push({ type: 'note', text: note });
    return { kind: 'card', card, to: 'everyone' };
  },
});
