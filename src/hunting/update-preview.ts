import type { SolutionContent } from '../content/read-solution';
import type { Solution } from '../domain/solution';
import type { UpdatePreview } from '../views/solution-change-cards';
import { queryFieldsOf, type SolutionPlan } from './plan-solution';

/** A plan in the words of its card. */
export function updatePreview(content: SolutionContent, installed: Solution, plan: SolutionPlan): UpdatePreview {
  const named = (state: string) => plan.parts.flatMap((one) => (one.state === state ? [one.part.name] : []));
  return {
    slug: content.slug,
    name: content.name,
    from: installed.solutionVersion,
    to: content.version,
    added: plan.queries.flatMap((one) => (one.state === 'new' ? [one.content.name] : [])),
    changed: plan.queries.flatMap((one) =>
      one.state === 'changed' && one.stored
        ? [{ key: one.stored.id, before: one.stored, after: queryFieldsOf(one.content) }]
        : [],
    ),
    removed: plan.goneQueries.map((query) => `${query.id} ${query.name}`),
    parts: { added: named('new'), changed: named('changed'), removed: plan.goneParts.map((item) => item.name) },
    edited: plan.queries.flatMap(({ stored, editedHere, state, content: { name } }) =>
      stored && editedHere
        ? [{ key: stored.id, name, deleted: stored.deletedAt !== undefined, newer: state === 'changed' }]
        : [],
    ),
    taken: named('taken'),
  };
}
