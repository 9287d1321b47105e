import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import { type Hunt, HuntStatus, HypothesisStatus } from '../../domain/hunt';
import { listPage } from '../../hunting/list-page';
import type { Find } from '../../ports/stores';
import { huntListCard } from '../../views/hunt-list-card';

const perPage = 10;
const sorts = {
  changed: { field: 'updatedAt', direction: 'down' },
  newest: { field: 'number', direction: 'down' },
  oldest: { field: 'number', direction: 'up' },
  name: { field: 'name', direction: 'up' },
} as const;

export const listHunts = defineCommand({
  name: 'list',
  summary: 'Lists the hunts',
  permission: 'read',
  prominent: true,
  example: 'list --status active --search spray',
  input: {
    search: field.optional(field.text({ label: 'Words', max: 200, rest: true, sample: 'WORDS' })),
    status: field.optional(field.choice({ label: 'Status', options: HuntStatus.options })),
    hypothesis: field.optional(field.choice({ label: 'Hypothesis', options: HypothesisStatus.options })),
    owner: field.optional(field.person({ label: 'Owner' })),
    label: field.optional(field.text({ label: 'Label', max: 60, sample: 'LABEL' })),
    technique: field.optional(huntFields.techniques()),
    sort: field.defaulting(
      field.choice({ label: 'Order', options: ['changed', 'newest', 'oldest', 'name'] }),
      'changed',
    ),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['search'],
  async run(ctx, input) {
    const owner = input.owner ? ctx.resolvePerson(input.owner) : undefined;
    const where: NonNullable<Find<Hunt>['where']> = { deletedAt: { missing: true } };
    if (input.status) where.status = { is: input.status };
    if (input.hypothesis) where.hypothesis = { is: input.hypothesis };
    if (input.label) where.labels = { is: input.label };
    if (input.technique) where.techniques = { oneOf: input.technique };
    if (owner) where.ownerId = { is: owner.id };
    const search = input.search
      ? { fields: ['name' as const, 'description' as const, 'id' as const], words: input.search }
      : undefined;
    const { items, ...page } = await listPage(
      ctx.stores.hunts,
      { where, ...(search ? { search } : {}), sort: [sorts[input.sort]] },
      { page: input.page, perPage },
    );
    const args: Record<string, string | string[]> = { sort: input.sort };
    if (input.search) args.search = input.search;
    if (input.status) args.status = input.status;
    if (input.hypothesis) args.hypothesis = input.hypothesis;
    if (input.label) args.label = input.label;
    if (input.technique) args.technique = input.technique;
    const filtered = Object.keys(args).length > 1 || owner !== undefined;
    return { kind: 'card', card: huntListCard({ hunts: items, ...page, args, filtered }), to: 'asker' };
  },
});
