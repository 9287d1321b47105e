import type { Button } from '../../chat/card';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cloneInto } from '../../hunting/clone-queries';
import { findRuleTemplate } from '../../hunting/find-rule-template';
import { queryOfRule } from '../../hunting/query-of-rule';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';

export const huntRuleTemplate = defineCommand({
  name: 'content hunt',
  summary: 'Makes a hunting query of a rule template, and puts it into the hunt',
  formTitle: 'Hunt with a rule',
  submit: 'Hunt this',
  permission: 'hunt',
  example: 'content hunt H-1 "Full access to a valuable mailbox given"',
  input: {
    hunt: field.optional(field.hunt()),
    rule: field.text({ label: 'Rule template', max: 300, rest: true, sample: 'NAME' }),
  },
  positional: ['hunt', 'rule'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : null;
    const { rule, author } = await findRuleTemplate(ctx, input.rule);
    const query = await queryOfRule(ctx, rule, author);
    const show: Button = { label: 'Show it', command: 'query show', args: { query: query.id }, opens: 'nothing' };
    if (!hunt) {
      const start: Button = {
        label: 'Create hunt',
        command: 'new',
        args: { queries: [query.id] },
        opens: 'form',
        style: 'primary',
      };
      const text = `${query.id} “${query.name}” is in the library, from a rule template.`;
      return { kind: 'card', card: noticeCard(text, [start, show]), to: 'everyone' };
    }
    const { added } = await cloneInto(ctx, hunt.id, [query]);
    await refreshHunt(ctx, hunt.id);
    const run: Button = {
      label: `Run ${query.id}`,
      command: 'run',
      args: { hunt: hunt.id, queries: [query.id] },
      opens: 'nothing',
      style: 'primary',
    };
    const text =
      added.length > 0
        ? `${query.id} “${query.name}” was added to ${hunt.id} by ${ctx.person.name}, from a rule template.`
        : `${hunt.id} has ${query.id} “${query.name}” already.`;
    return { kind: 'card', card: noticeCard(text, [run, show]), to: 'everyone' };
  },
});
