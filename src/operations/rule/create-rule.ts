import type { ThreadRef } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { draftRule } from '../../commands/drafted-rule-fields';
import { field } from '../../commands/field';
import { typedMappings } from '../../commands/query-fields';
import { ruleFields } from '../../commands/rule-fields';
import { checkNewText } from '../../hunting/check-new-text';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { ruleSource } from '../../hunting/rule-source';
import { engineName } from '../../hunting/start-queries';
import { ruleCard } from '../../views/rule-card';

export const createRule = defineCommand({
  name: 'rule new',
  summary: 'Makes an analytics rule of a query, a tab or a rule template, as a draft',
  formTitle: 'New analytics rule',
  submit: 'Make the draft',
  permission: 'hunt',
  formFirst: true,
  example: 'rule new H-1/Q-1 --every 1h --period 1d --trigger "> 0" --severity high',
  input: {
    source: field.text({
      label: 'Made of',
      summary: 'Q-1, H-1/Q-1, K-1, or a rule template’s name',
      max: 300,
      sample: 'Q-1',
    }),
    hunt: field.optional(field.hunt()),
    ...ruleFields(),
  },
  positional: ['source'],
  async fill(ctx, args) {
    if (typeof args.source !== 'string') return {};
    const source = await ruleSource(ctx, args.source);
    return {
      name: source.name,
      kql: source.text,
      severity: source.severity ?? 'Medium',
      description: source.description,
      tactics: source.tactics.join(', '),
      techniques: source.techniques.join(', '),
      entities: typedMappings(source.entityMappings),
      every: '1h',
      period: '1h',
      trigger: '> 0',
      group: 'single',
      incidents: 'entities',
    };
  },
  async run(ctx, input) {
    const source = await ruleSource(ctx, input.source);
    const body = draftRule(source, input);
    const note = await checkNewText(ctx, body.text);
    const hunt = source.hunt ?? (input.hunt ? (await ctx.hunt(input.hunt)).id : (await ctx.threadHunt())?.id);
    const number = await ctx.stores.next('rule');
    const now = ctx.clock.now();
    const rule = await ctx.stores.rules.insert({
      id: `A-${number}`,
      number,
      ...body,
      engine: engineName(ctx, source.engine),
      ...(source.source ? { source: source.source } : {}),
      ...(source.template ? { template: source.template } : {}),
      hunts: hunt ? [hunt] : [],
      state: 'draft',
      thread: channelOf(ctx.thread),
      cards: [],
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    });
    if (hunt) {
      await recordChange(ctx, { hunt, subject: rule.id, what: 'made an analytics rule', after: rule.name });
      await refreshHunt(ctx, hunt);
    }
    return { kind: 'card', card: ruleCard(rule, { verb: 'Drafted', note }), to: 'everyone' };
  },
});

/** What a rule raises is told at the top of the channel: a thread of weeks ago is read by nobody. */
function channelOf(thread: ThreadRef): ThreadRef {
  const { root: _root, ...channel } = thread;
  return channel;
}
