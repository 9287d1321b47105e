import { defineCommand } from '../../commands/define-command';
import { draftRule } from '../../commands/drafted-rule-fields';
import { field } from '../../commands/field';
import { typedMappings } from '../../commands/query-fields';
import { ruleFields } from '../../commands/rule-fields';
import { groupingWord, triggerText } from '../../domain/rule-words';
import { spanWord } from '../../domain/span-words';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { checkNewText } from '../../hunting/check-new-text';
import { findRule } from '../../hunting/find-rule';
import { recordChange } from '../../hunting/record-change';
import { ruleCard } from '../../views/rule-card';

export const editRule = defineCommand({
  name: 'rule edit',
  summary: 'Changes an analytics rule; one that runs is switched off by a change of what it watches',
  formTitle: 'Edit the rule',
  permission: 'hunt',
  formFirst: true,
  example: 'rule edit A-1 --trigger "> 10"',
  input: { rule: field.key('rule'), ...ruleFields() },
  positional: ['rule'],
  async fill(ctx, args) {
    if (typeof args.rule !== 'string') return {};
    const rule = await findRule(ctx, args.rule.toUpperCase());
    return {
      name: rule.name,
      kql: rule.text,
      severity: rule.severity,
      every: spanWord(rule.frequencyMilliseconds),
      period: spanWord(rule.periodMilliseconds),
      trigger: triggerText({ operator: rule.triggerOperator, threshold: rule.triggerThreshold }),
      group: rule.aggregation === 'SingleAlert' ? 'single' : 'per-result',
      incidents: groupingWord(rule.grouping),
      lookback: spanWord(rule.grouping.lookbackMilliseconds),
      suppress: rule.suppressionMilliseconds ? spanWord(rule.suppressionMilliseconds) : '',
      description: rule.description,
      tactics: rule.tactics.join(', '),
      techniques: rule.techniques.join(', '),
      entities: typedMappings(rule.entityMappings),
    };
  },
  async run(ctx, input) {
    const before = await findRule(ctx, input.rule);
    const fromForm = ctx.kind === 'form';
    const cleared = fromForm ? { description: '', tactics: [], techniques: [], entityMappings: [] } : {};
    const { suppressionMilliseconds: quiet, ...kept } = before;
    const source = {
      ...kept,
      ...cleared,
      ...(quiet === undefined || fromForm ? {} : { suppressionMilliseconds: quiet }),
    };
    const body = draftRule(source, input);
    const note = body.text === before.text ? null : await checkNewText(ctx, body.text);
    const watched = watchedText(body) !== watchedText(before);
    const rule = await change(ctx.stores.rules, before.id, (current) => {
      const { suppressionMilliseconds: _quiet, lastReplay, nextWindow, approval, ...rest } = current;
      const same = !watched && lastReplay ? { lastReplay } : {};
      const stopped = watched && current.state === 'enabled';
      const running = stopped || !nextWindow ? {} : { nextWindow };
      const asked = watched || !approval ? {} : { approval };
      return {
        ...rest,
        ...body,
        ...same,
        ...running,
        ...asked,
        ...(stopped ? { state: 'disabled' as const } : {}),
        updatedAt: ctx.clock.now(),
      };
    });
    if (!rule) throw new UserError('not-found', `There is no rule ${before.id} any more.`);
    for (const hunt of rule.hunts)
      await recordChange(ctx, {
        hunt,
        subject: rule.id,
        what: 'changed the rule',
        before: watchedText(before),
        after: watchedText(rule),
      });
    const stopped =
      before.state === 'enabled' && rule.state === 'disabled'
        ? `${rule.id} watches something else now and was switched off: replay it, and enable it again.`
        : null;
    return { kind: 'card', card: ruleCard(rule, { note: stopped ?? note }), to: 'everyone' };
  },
});

/** What an approval was given for: a change of it wants another one. */
function watchedText(rule: {
  text: string;
  frequencyMilliseconds: number;
  periodMilliseconds: number;
  triggerOperator: string;
  triggerThreshold: number;
}): string {
  return `every ${spanWord(rule.frequencyMilliseconds)} over ${spanWord(rule.periodMilliseconds)}, ${rule.triggerOperator} ${rule.triggerThreshold}\n${rule.text}`;
}
