import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFields } from '../../commands/query-fields';
import { findQueryHere } from '../../hunting/find-query';
import { writtenHere } from '../../hunting/written-here';
import { queryCard } from '../../views/query-card';

export const cloneQuery = defineCommand({
  name: 'query clone',
  summary: 'Copies a query into the library, to be changed',
  formTitle: 'Clone a query',
  submit: 'Clone',
  permission: 'hunt',
  example: 'query clone Q-1 --name "Spray, our offices left out"',
  input: { query: field.key('query'), name: field.optional(queryFields.name()) },
  positional: ['query'],
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    const number = await ctx.stores.next('query');
    const now = ctx.clock.now();
    const { name, description, text, tactics, techniques, dataTypes, entityMappings, check } = query;
    const copy = await ctx.stores.queries.insert({
      id: `Q-${number}`,
      number,
      origin: 'custom',
      source: query.id,
      name: input.name ?? `Copy of ${name}`.slice(0, 200),
      description,
      text,
      tactics,
      techniques,
      dataTypes,
      entityMappings,
      ...(check ? { check } : {}),
      ...writtenHere(ctx.person, query),
      createdAt: now,
      updatedAt: now,
    });
    return { kind: 'card', card: queryCard(copy), to: 'everyone' };
  },
});
