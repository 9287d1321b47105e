import type { Context } from '../commands/context';
import { nearest } from '../commands/nearest';
import { availableSolutions } from '../content/available-solutions';
import { UserError } from '../errors';
import type { ShownRule } from '../views/rule-template-card';

export interface FoundRule {
  rule: ShownRule;
  solution: { slug: string; name: string };
  author: string | undefined;
}

/** An installed rule template, or one of a solution that comes with Talbot, by id or name; a UserError with the nearest names. */
export async function findRuleTemplate({ stores }: Pick<Context, 'stores'>, typed: string): Promise<FoundRule> {
  const wanted = typed.trim().toLowerCase();
  const stored = await stores.ruleTemplates.get(wanted);
  if (stored) return found(stored);
  const matches = await stores.ruleTemplates.find({ search: { fields: ['name'], words: typed }, limit: 20 });
  const exact =
    matches.find((one) => one.name.toLowerCase() === wanted) ?? (matches.length === 1 ? matches[0] : undefined);
  if (exact) return found(exact);
  for (const content of availableSolutions()) {
    const rule = content.rules.find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
    if (!rule) continue;
    const { query: text, ...fields } = rule;
    return { rule: { ...fields, text }, solution: content, author: content.author };
  }
  const names = [
    ...matches.map((one) => one.name),
    ...nearest(
      wanted,
      availableSolutions().flatMap((one) => one.rules.map((rule) => rule.name.toLowerCase())),
    ),
  ];
  throw new UserError(
    'not-found',
    `There is no rule template “${typed}”.`,
    names.length > 0
      ? `Did you mean ${names.slice(0, 3).join(' or ')}?`
      : 'Type “content” and look at a solution to see its rule templates.',
  );

  async function found(
    rule: ShownRule & { solution?: string | undefined; author?: string | undefined },
  ): Promise<FoundRule> {
    const solution = rule.solution ? await stores.solutions.get(rule.solution) : null;
    return {
      rule,
      solution: { slug: rule.solution ?? '', name: solution?.name ?? rule.solution ?? 'none' },
      author: rule.author,
    };
  }
}
