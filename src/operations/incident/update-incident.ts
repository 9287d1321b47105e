import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentFields } from '../../commands/incident-fields';
import type { Incident } from '../../domain/incident';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident, findIncident } from '../../hunting/incidents';

export const updateIncident = defineCommand({
  name: 'incident update',
  summary: 'Changes an incident’s title, severity, status, owner, words or ATT&CK',
  formTitle: 'Edit the incident',
  permission: 'hunt',
  formFirst: true,
  example: 'incident update I-1 --severity high --owner me',
  input: {
    incident: field.incident(),
    status: field.optional(field.choice({ label: 'Status', options: ['New', 'Active'] })),
    ...incidentFields(),
    quick: field.flag({ label: 'Without a form', hidden: true }),
  },
  positional: ['incident'],
  async fill(ctx, args) {
    if (typeof args.incident !== 'string') return {};
    const one = await findIncident(ctx, args.incident.toUpperCase());
    return {
      title: one.title,
      severity: one.severity,
      ...(one.status === 'Closed' ? {} : { status: one.status }),
      description: one.description,
      tactics: one.tactics.join(', '),
      techniques: one.techniques.join(', '),
      labels: one.labels.join(', '),
    };
  },
  async run(ctx, input) {
    const before = await findIncident(ctx, input.incident);
    const fromForm = ctx.kind === 'form';
    const owner = input.owner ? ctx.resolvePerson(input.owner) : undefined;
    if (input.status && before.status === 'Closed')
      throw new UserError('bad-input', `${before.id} is closed.`, `“incident reopen ${before.id}” opens it again.`);
    const apply = (current: Incident): Incident => ({
      ...current,
      title: input.title ?? current.title,
      severity: input.severity ?? current.severity,
      status: input.status ?? (owner && current.status === 'New' ? 'Active' : current.status),
      ...(owner ? { owner, ownerId: owner.id } : {}),
      description: input.description ?? (fromForm ? '' : current.description),
      tactics: input.tactics ?? (fromForm ? [] : current.tactics),
      techniques: input.techniques ?? (fromForm ? [] : current.techniques),
      labels: input.labels ?? (fromForm ? [] : current.labels),
    });
    const words = changedWords(before, apply(before));
    if (!words) return incidentReply(ctx, before);
    const incident = await changeIncident(ctx, before.id, { what: 'changed the incident', ...words }, apply);
    return incidentReply(ctx, incident);
  },
});

/** What of it changed, before and after; null where nothing did. */
function changedWords(before: Incident, after: Incident): { before: string; after: string } | null {
  const facts = (one: Incident): [string, string][] => [
    ['title', one.title],
    ['severity', one.severity],
    ['status', one.status],
    ['owner', one.owner?.name ?? 'nobody'],
    ['description', one.description],
    ['tactics', one.tactics.join(', ')],
    ['techniques', one.techniques.join(', ')],
    ['labels', one.labels.join(', ')],
  ];
  const was = facts(before);
  const changed = facts(after).flatMap(([name, value], at) =>
    was[at]?.[1] === value ? [] : [{ name, value, was: was[at]?.[1] ?? '' }],
  );
  if (changed.length === 0) return null;
  return {
    before: changed.map((one) => `${one.name}: ${one.was}`).join('\n'),
    after: changed.map((one) => `${one.name}: ${one.value}`).join('\n'),
  };
}
