import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cleanKql, queryFields, toEntityMappings, typedMappings } from '../../commands/query-fields';
import type { HuntQuery } from '../../domain/query';
import { UserError } from '../../errors';
import { checkNewText } from '../../hunting/check-new-text';
import { findQueryHere } from '../../hunting/find-query';
import { changedHere } from '../../hunting/query-content-hash';
import { queryLabels, recordFields } from '../../hunting/record-fields';
import { saveQuery } from '../../hunting/save-query';
import { tablesInText } from '../../hunting/tables-in-text';
import { noticeCard } from '../../views/notice-card';
import { queryCard } from '../../views/query-card';

export const editQuery = defineCommand({
  name: 'query edit',
  summary: 'Changes a query of the library or of a hunt',
  formTitle: 'Edit the query',
  permission: 'hunt',
  formFirst: true,
  example: 'query edit H-1/Q-3',
  input: {
    query: field.key('query'),
    name: field.optional(queryFields.name()),
    kql: field.optional(queryFields.kql()),
    description: field.optional(queryFields.description()),
    tactics: field.optional(queryFields.tactics()),
    techniques: field.optional(queryFields.techniques()),
    entities: field.optional(queryFields.entities()),
  },
  positional: ['query'],
  async fill(ctx, args) {
    if (typeof args.query !== 'string') return {};
    const query = await findQueryHere(ctx, args.query.toUpperCase());
    return {
      name: query.name,
      kql: query.text,
      description: query.description,
      tactics: query.tactics.join(', '),
      techniques: query.techniques.join(', '),
      entities: typedMappings(query.entityMappings),
    };
  },
  async run(ctx, input) {
    const query = await findQueryHere(ctx, input.query);
    if (query.origin === 'built-in')
      throw new UserError(
        'bad-input',
        `${query.id} comes with Talbot and stays as it is.`,
        `“query clone ${query.id}” makes a copy that you can change.`,
      );
    const text = input.kql === undefined ? query.text : cleanKql(input.kql);
    const note = text === query.text ? null : await checkNewText(ctx, text);
    const mappings = input.entities ? toEntityMappings(input.entities) : undefined;
    if (mappings && 'fault' in mappings)
      throw new UserError('bad-input', mappings.fault, undefined, { entities: mappings.fault });
    const fromForm = ctx.kind === 'form';
    const tables = text === query.text ? null : await tablesInText(ctx, text);
    let before = 0;
    let was: HuntQuery | undefined;
    const changed = await saveQuery(ctx, query.id, {
      by: ctx.person,
      action: 'edited',
      apply(current) {
        before = current.version;
        was = current;
        return {
          ...current,
          name: input.name ?? current.name,
          text,
          dataTypes: tables && tables.length > 0 ? tables : current.dataTypes,
          description: input.description ?? (fromForm ? '' : current.description),
          tactics: input.tactics ?? (fromForm ? [] : current.tactics),
          techniques: input.techniques ?? (fromForm ? [] : current.techniques),
          entityMappings: mappings ?? (fromForm ? [] : current.entityMappings),
        };
      },
    });
    if (!changed) throw new UserError('not-found', `There is no query ${query.id} any more.`);
    if (changed.version === before)
      return { kind: 'card', card: noticeCard(`Nothing of ${query.id} was changed.`, [], 'neutral'), to: 'asker' };
    if (changed.hunt && was)
      await recordFields(ctx, { hunt: changed.hunt, subject: changed.id }, was, changed, queryLabels);
    const card = queryCard(changed, { changedHere: changedHere(changed) });
    if (note) card.blocks.push({ type: 'note', text: note });
    return { kind: 'card', card, to: 'everyone' };
  },
});
