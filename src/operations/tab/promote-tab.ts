import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFields, toEntityMappings, typedMappings } from '../../commands/query-fields';
import { mappingsFor } from '../../domain/find-entities';
import { UserError } from '../../errors';
import { checkNewText } from '../../hunting/check-new-text';
import { findTab } from '../../hunting/find-tab';
import { promoteTab } from '../../hunting/promote-tab';
import { queryCard } from '../../views/query-card';

export const promoteTabCommand = defineCommand({
  name: 'tab promote',
  summary: 'Makes a tab a query of the library or of its hunt',
  formTitle: 'Keep as a query',
  permission: 'hunt',
  formFirst: true,
  example: 'tab promote K-1 --to hunt',
  input: {
    tab: field.key('tab'),
    to: field.defaulting(
      field.choice({
        label: 'Where to',
        options: ['library', 'hunt'],
        names: { library: 'The library: for all hunts', hunt: 'This hunt alone' },
      }),
      'library',
    ),
    name: field.optional(queryFields.name()),
    description: field.optional(queryFields.description()),
    tactics: field.optional(queryFields.tactics()),
    techniques: field.optional(queryFields.techniques()),
    entities: field.optional(queryFields.entities()),
  },
  positional: ['tab'],
  async fill(ctx, args) {
    if (typeof args.tab !== 'string') return {};
    const tab = await findTab(ctx, args.tab.toUpperCase());
    const [hunt, run] = await Promise.all([
      ctx.stores.hunts.get(tab.hunt),
      tab.run ? ctx.stores.runs.get(tab.run) : null,
    ]);
    return {
      to: typeof args.to === 'string' ? args.to : 'library',
      name: tab.name,
      tactics: hunt?.tactics.join(', ') ?? '',
      techniques: hunt?.techniques.join(', ') ?? '',
      entities: typedMappings(mappingsFor(run?.queries[0]?.columns ?? [], [])),
    };
  },
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    const hunt = await ctx.hunt(tab.hunt);
    const mappings = toEntityMappings(input.entities ?? []);
    if ('fault' in mappings) throw new UserError('bad-input', mappings.fault, undefined, { entities: mappings.fault });
    const note = await checkNewText(ctx, tab.text);
    const query = await promoteTab(ctx, tab, hunt, {
      to: input.to,
      name: input.name ?? tab.name,
      description: input.description ?? '',
      tactics: input.tactics ?? [],
      techniques: input.techniques ?? [],
      entityMappings: mappings,
    });
    const card = queryCard(query);
    card.blocks.push({ type: 'note', text: `Made of ${tab.id} by ${ctx.person.name}.` });
    if (note) card.blocks.push({ type: 'note', text: note });
    return { kind: 'card', card, to: 'everyone' };
  },
});
