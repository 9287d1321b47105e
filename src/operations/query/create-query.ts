import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cleanKql, queryFields, toEntityMappings } from '../../commands/query-fields';
import { UserError } from '../../errors';
import { checkNewText } from '../../hunting/check-new-text';
import { tablesInText } from '../../hunting/tables-in-text';
import { writtenHere } from '../../hunting/written-here';
import { queryCard } from '../../views/query-card';

export const createQuery = defineCommand({
  name: 'query new',
  summary: 'Writes a new query into the library',
  formTitle: 'New query',
  permission: 'hunt',
  formFirst: true,
  example: 'query new Rare parents --kql "DeviceProcessEvents | summarize count() by InitiatingProcessFileName"',
  input: {
    name: field.text({ label: 'Name', max: 200, rest: true, sample: 'NAME' }),
    kql: queryFields.kql(),
    description: field.optional(queryFields.description()),
    tactics: field.optional(queryFields.tactics()),
    techniques: field.optional(queryFields.techniques()),
    entities: field.optional(queryFields.entities()),
  },
  positional: ['name'],
  async run(ctx, input) {
    const text = cleanKql(input.kql);
    const note = await checkNewText(ctx, text);
    const mappings = toEntityMappings(input.entities ?? []);
    if ('fault' in mappings) throw new UserError('bad-input', mappings.fault, undefined, { entities: mappings.fault });
    const number = await ctx.stores.next('query');
    const now = ctx.clock.now();
    const query = await ctx.stores.queries.insert({
      id: `Q-${number}`,
      number,
      origin: 'custom',
      name: input.name,
      description: input.description ?? '',
      text,
      tactics: input.tactics ?? [],
      techniques: input.techniques ?? [],
      dataTypes: await tablesInText(ctx, text),
      entityMappings: mappings,
      ...writtenHere(ctx.person, { text, tactics: input.tactics ?? [] }),
      createdAt: now,
      updatedAt: now,
    });
    const card = queryCard(query);
    if (note) card.blocks.push({ type: 'note', text: note });
    return { kind: 'card', card, to: 'everyone' };
  },
});
