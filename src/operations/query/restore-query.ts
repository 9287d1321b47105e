import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { HuntQuery } from '../../domain/query';
import { UserError } from '../../errors';
import { recordChange } from '../../hunting/record-change';
import { queryLabels, recordFields } from '../../hunting/record-fields';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { saveQuery } from '../../hunting/save-query';
import { tablesInText } from '../../hunting/tables-in-text';
import { noticeCard } from '../../views/notice-card';
import { queryCard } from '../../views/query-card';

export const restoreQuery = defineCommand({
  name: 'query restore',
  summary: 'Brings a deleted query back, or an earlier wording of one',
  formTitle: 'Restore a query',
  submit: 'Restore',
  permission: 'hunt',
  example: 'query restore Q-30 --revision 2',
  input: {
    query: field.key('query'),
    revision: field.optional(
      field.whole({
        label: 'Revision',
        summary: 'Number in “query history”: as it was before that change',
        least: 1,
        most: 1_000_000,
      }),
    ),
  },
  positional: ['query', 'revision'],
  async run(ctx, input) {
    const revision =
      input.revision === undefined ? null : await ctx.stores.queryRevisions.get(`${input.query}.${input.revision}`);
    if (input.revision !== undefined && !revision)
      throw new UserError(
        'not-found',
        `${input.query} has no revision ${input.revision}.`,
        `“query history ${input.query}” lists them.`,
        { revision: 'There is no such revision.' },
      );
    const tables = revision ? await tablesInText(ctx, revision.text) : [];
    const action = revision ? `brought back from before change ${revision.number}` : 'restored';
    let before = 0;
    let was: HuntQuery | undefined;
    const query = await saveQuery(ctx, input.query, {
      by: ctx.person,
      action,
      apply(current) {
        before = current.version;
        was = current;
        if (revision && current.origin === 'built-in') return null;
        const { deletedAt: _deleted, ...alive } = current;
        if (!revision) return alive;
        const { name, description, text, tactics, techniques, entityMappings } = revision;
        const dataTypes = text !== current.text && tables.length > 0 ? tables : current.dataTypes;
        return { ...alive, name, description, text, tactics, techniques, entityMappings, dataTypes };
      },
    });
    if (!query) throw new UserError('not-found', `There never was a query ${input.query}.`);
    if (query.version === before) {
      const same = revision ? `${query.id} is as it was before change ${revision.number}.` : `${query.id} is there.`;
      return { kind: 'card', card: noticeCard(`${same} Nothing was changed.`, [], 'neutral'), to: 'asker' };
    }
    if (query.hunt) {
      const subject = { hunt: query.hunt, subject: query.id };
      if (was?.deletedAt) await recordChange(ctx, { ...subject, what: 'brought the query back', after: query.name });
      if (was && revision) await recordFields(ctx, subject, was, query, queryLabels);
      await refreshHunt(ctx, query.hunt);
    }
    const card = queryCard(query);
    card.blocks.push({ type: 'note', text: `${query.id} was ${action} by ${ctx.person.name}.` });
    return { kind: 'card', card, to: 'everyone' };
  },
});
