import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { requestApproval } from '../../hunting/approvals';
import { change } from '../../hunting/change';
import { enableRule as enable } from '../../hunting/enable-rule';
import { findRule } from '../../hunting/find-rule';
import { alertText, ruleCard, scheduleText } from '../../views/rule-card';
import { counted } from '../../views/wording';

export const enableRule = defineCommand({
  name: 'rule enable',
  summary: 'Lets an analytics rule run, once a second person has approved',
  formTitle: 'Enable the rule',
  submit: 'Ask for the approval',
  permission: 'hunt',
  formFirst: true,
  example: 'rule enable A-1 It found H-3 and stays quiet otherwise',
  input: {
    rule: field.key('rule'),
    why: field.text({
      label: 'Why',
      summary: 'For the person who approves',
      max: 2000,
      rest: true,
      lines: true,
      sample: 'TEXT',
    }),
  },
  positional: ['rule', 'why'],
  async run(ctx, input) {
    const rule = await findRule(ctx, input.rule);
    if (rule.state === 'enabled') throw new UserError('bad-input', `${rule.id} is enabled already.`);
    if (!ctx.engines.has(rule.engine))
      throw new UserError('unavailable', `The engine ${rule.engine} of ${rule.id} is not set up here.`);
    if (ctx.ruleApproval === 'none') {
      const enabled = await enable(ctx, rule.id, ctx.person);
      const note = 'No second person was asked: this installation does not want it.';
      return { kind: 'card', card: ruleCard(enabled, { verb: 'Enabled', note }), to: 'everyone' };
    }
    const open = rule.approval ? await ctx.stores.approvals.get(rule.approval) : null;
    if (open?.state === 'waiting' && open.expiresAt > ctx.clock.now())
      throw new UserError(
        'bad-input',
        `${rule.id} waits for ${open.id} already.`,
        `“approval show ${open.id}” shows it.`,
      );
    const replay = rule.lastReplay
      ? `Replayed: ${counted(rule.lastReplay.alerts, 'alert')} in ${counted(rule.lastReplay.days, 'day')}.`
      : 'It was never replayed: nobody knows how often it would ring.';
    const asked = {
      kind: 'enable-rule' as const,
      subject: rule.id,
      title: `Enable ${rule.id} “${rule.name}”`,
      what: `It runs ${scheduleText(rule)}, and raises ${alertText(rule)}. ${replay}`,
      why: input.why,
      hunts: rule.hunts,
    };
    return requestApproval(ctx, asked, (approval) =>
      change(ctx.stores.rules, rule.id, (current) => ({ ...current, approval })),
    );
  },
});
