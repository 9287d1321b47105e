import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Incident, IncidentStatus, Severity } from '../../domain/incident';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { incidentListCard } from '../../views/incident-card';

const perPage = 10;

export const listIncidents = defineCommand({
  name: 'incidents',
  summary: 'Lists incidents, of a hunt or all',
  permission: 'read',
  prominent: true,
  example: 'incidents --status active --severity high',
  input: {
    hunt: field.optional(field.key('hunt', { label: 'Hunt' })),
    search: field.optional(
      field.text({ label: 'Words', summary: 'Of the title, or a key', max: 200, rest: true, sample: 'WORDS' }),
    ),
    status: field.optional(field.choice({ label: 'Status', options: IncidentStatus.options })),
    severity: field.optional(field.choice({ label: 'Severity', options: Severity.options })),
    owner: field.optional(field.person({ label: 'Owner' })),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  async run(ctx, input) {
    const where: NonNullable<Find<Incident>['where']> = { deletedAt: { missing: true } };
    const args: Record<string, string> = {};
    if (input.hunt) {
      args.hunt = (await ctx.hunt(input.hunt)).id;
      where.hunts = { is: args.hunt };
    }
    if (input.status) {
      args.status = input.status;
      where.status = { is: input.status };
    }
    if (input.severity) {
      args.severity = input.severity;
      where.severity = { is: input.severity };
    }
    if (input.owner) where.ownerId = { is: ctx.resolvePerson(input.owner).id };
    if (input.search) args.search = input.search;
    const search = input.search
      ? { fields: ['title', 'description', 'id'] as ('title' | 'description' | 'id')[], words: input.search }
      : undefined;
    const { items, ...page } = await listPage(
      ctx.stores.incidents,
      { where, ...(search ? { search } : {}), sort: [{ field: 'number', direction: 'down' }] },
      { page: input.page, perPage },
    );
    const filtered = Object.keys(args).length > 0 || input.owner !== undefined;
    return { kind: 'card', card: incidentListCard({ incidents: items, ...page, args, filtered }), to: 'asker' };
  },
});
