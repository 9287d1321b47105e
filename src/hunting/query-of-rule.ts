import type { Context } from '../commands/context';
import { textHash } from '../content/text-hash';
import { personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { ShownRule } from '../views/rule-template-card';
import { queryColumns } from './query-columns';

/** The library's query with a rule template's text; written anew where there is none. */
export async function queryOfRule(ctx: Context, rule: ShownRule, author: string | undefined): Promise<HuntQuery> {
  const { stores, clock, person } = ctx;
  const hash = textHash(rule.text);
  const [known] = await stores.queries.find({
    where: { textHash: { is: hash }, hunt: { missing: true }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 1,
  });
  if (known) return known;
  const { name, description, text, tactics, techniques, dataTypes, entityMappings } = rule;
  const number = await stores.next('query');
  const now = clock.now();
  return stores.queries.insert({
    id: `Q-${number}`,
    number,
    origin: 'custom',
    name,
    description,
    text,
    tactics,
    techniques,
    dataTypes,
    entityMappings,
    ...queryColumns(rule),
    ...(author ? { author } : {}),
    createdBy: person,
    createdByKey: personKey(person),
    createdAt: now,
    updatedAt: now,
  });
}
