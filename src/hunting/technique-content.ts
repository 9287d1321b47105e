import type { Context } from '../commands/context';
import type { Attack, Technique } from '../domain/attack';
import type { RuleTemplate } from '../domain/content-item';
import type { Coverage } from '../domain/coverage';
import type { Hunt } from '../domain/hunt';
import type { HuntQuery } from '../domain/query';

export interface TechniqueContent {
  /** Of the technique and its sub-techniques, those that can run here first. */
  queries: HuntQuery[];
  templates: RuleTemplate[];
  /** That ran queries for it, the latest first. */
  hunts: Hunt[];
}

/** At most this many are read for a page; the page says how many there are. */
const most = 100;

/** What lies behind a technique's numbers. */
export async function techniqueContent(
  { stores }: Pick<Context, 'stores'>,
  attack: Attack,
  coverage: Coverage,
  technique: Technique,
): Promise<TechniqueContent> {
  const found = coverage.techniques.get(technique.id)?.whole;
  const ids = [...(found?.queries ?? []), ...(found?.blocked ?? [])].slice(0, most);
  const named = [technique.id, ...attack.subTechniques(technique.id).map(({ id }) => id)];
  const templates = [...(found?.templates ?? [])].slice(0, most);
  const hunts = [...(found?.hunts.keys() ?? [])];
  const [queries, rules, hunted] = await Promise.all([
    ids.length > 0 ? stores.queries.find({ where: { id: { oneOf: ids } }, limit: most }) : [],
    templates.length > 0 ? stores.ruleTemplates.find({ where: { id: { oneOf: templates } }, limit: most }) : [],
    hunts.length > 0
      ? stores.hunts.find({
          where: { id: { oneOf: hunts } },
          sort: [{ field: 'number', direction: 'down' }],
          limit: most,
        })
      : [],
  ]);
  const blocked = (query: HuntQuery) => (found?.blocked.has(query.id) ? 1 : 0);
  const direct = (query: HuntQuery) => (query.techniques.some((id) => named.includes(id)) ? 0 : 1);
  return {
    queries: queries.toSorted((a, b) => blocked(a) - blocked(b) || direct(a) - direct(b) || a.number - b.number),
    templates: rules,
    hunts: hunted,
  };
}
