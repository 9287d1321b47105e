import { randomUUID } from 'node:crypto';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { requestApproval } from '../../hunting/approvals';
import { change } from '../../hunting/change';
import { playbookTarget } from '../../hunting/playbook-target';
import { postProgress } from '../../hunting/post-progress';
import { recordChange } from '../../hunting/record-change';
import { noticeCard } from '../../views/notice-card';
import { playbookRunCard } from '../../views/playbook-card';

export const runPlaybook = defineCommand({
  name: 'playbook run',
  summary: 'Runs a playbook on an incident or an entity, after an approval where it asks for one',
  formTitle: 'Run a playbook',
  submit: 'Run',
  permission: 'hunt',
  formFirst: true,
  example: 'playbook run P-1 I-1 --why "The host is taken over"',
  input: {
    playbook: field.key('playbook'),
    target: field.keyOf(['incident', 'entity'], { label: 'Target', summary: 'I-1 or E-1' }),
    why: field.text({
      label: 'Why',
      summary: 'For whoever approves it and for the record',
      max: 2000,
      lines: true,
      sample: 'TEXT',
    }),
    inputs: field.optional(
      field.text({ label: 'Inputs', summary: 'One a line: name=value', max: 5000, lines: true, sample: 'name=value' }),
    ),
  },
  positional: ['playbook', 'target', 'why'],
  async fill(ctx, args) {
    const playbook = ctx.playbooks?.list().find((one) => one.key === args.playbook);
    return playbook ? { inputs: playbook.inputs.map((one) => `${one.name}=`).join('\n') } : {};
  },
  async run(ctx, input) {
    const playbook = ctx.playbooks?.list().find((one) => one.key === input.playbook);
    if (!playbook)
      throw new UserError('not-found', `There is no playbook ${input.playbook}.`, 'Type “playbooks” to see them.');
    const target = await playbookTarget(ctx, input.target);
    if (!playbook.for.some((type) => type.toLowerCase() === target.type.toLowerCase()))
      throw new UserError(
        'bad-input',
        `${playbook.key} “${playbook.name}” works on ${playbook.for.join(', ')}, not on ${target.type}.`,
      );
    const inputs = readInputs(input.inputs ?? '', playbook.inputs);
    const number = await ctx.stores.next('action');
    const run = await ctx.stores.playbookRuns.insert({
      id: `X-${number}`,
      number,
      playbook: playbook.key,
      name: playbook.name,
      host: playbook.host,
      target: target.key,
      targetType: target.type,
      inputs,
      why: input.why,
      state: playbook.approval ? 'waiting-approval' : 'queued',
      idempotencyKey: randomUUID(),
      hunts: target.hunts,
      requestedBy: ctx.person,
      createdAt: ctx.clock.now(),
      thread: ctx.thread,
      progress: { state: 'none' },
      result: { state: 'none' },
    });
    for (const hunt of target.hunts)
      await recordChange(ctx, {
        hunt,
        subject: run.id,
        what: `asked for the playbook ${playbook.name}`,
        after: `${target.key}: ${input.why}`,
      });
    if (playbook.approval) {
      const asked = {
        kind: 'run-playbook' as const,
        subject: run.id,
        title: `Run ${playbook.key} “${playbook.name}” on ${target.type} ${target.key}`,
        what: `It calls ${playbook.host} for ${target.type} ${target.title.slice(0, 200)}. What that does there is not undone by Talbot.`,
        why: input.why,
        hunts: target.hunts,
      };
      return requestApproval(ctx, asked, (approval) =>
        change(ctx.stores.playbookRuns, run.id, (current) => ({ ...current, approval })),
      );
    }
    const message = await postProgress(ctx, run.id, run.thread, playbookRunCard(run));
    if (message)
      await change(ctx.stores.playbookRuns, run.id, (current) => ({
        ...current,
        progress: { state: 'sent' as const, message },
      }));
    await ctx.queue.add('run-playbook', { run: run.id }, { id: run.id });
    if (message) return { kind: 'nothing' };
    return {
      kind: 'card',
      card: noticeCard(`${run.id} is on its way; its outcome comes here.`, [], 'warning'),
      to: 'asker',
    };
  },
});

function readInputs(
  text: string,
  declared: { name: string; label: string; required: boolean }[],
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const line of text.split(/\n|;/)) {
    const match = /^\s*(\w{1,40})\s*=(.*)$/.exec(line);
    if (match?.[1] && declared.some((one) => one.name === match[1]))
      given[match[1]] = (match[2] ?? '').trim().slice(0, 1000);
    else if (line.trim() !== '') {
      const fault = `“${line.trim().slice(0, 60)}” is not like name=value; it takes ${declared.map((one) => one.name).join(', ') || 'no inputs'}.`;
      throw new UserError('bad-input', fault, undefined, { inputs: fault });
    }
  }
  const missing = declared.filter((one) => one.required && !given[one.name]);
  if (missing.length > 0) {
    const fault = `It needs ${missing.map((one) => one.name).join(', ')}: one a line, name=value.`;
    throw new UserError('bad-input', fault, undefined, { inputs: fault });
  }
  return given;
}
