import { aggregateFunctions, scalarFunctions } from '../../src/kql/functions/registry';
import { refusedAggregates, refusedFunctions } from '../../src/kql/functions/unsupported';
import { plugins } from '../../src/kql/operators/evaluate';
import { operators, sources } from '../../src/kql/operators/registry';
import { unsupportedOperators } from '../../src/kql/operators/unsupported';

interface Declared {
  name: string;
  difference?: string;
}

/** The generated parts of docs/kql.md, by the name that stands in their markers. */
export function kqlReference(): Record<string, string> {
  const refused = new Set([...refusedFunctions, ...refusedAggregates].map((one) => one.name));
  const scalars = [...scalarFunctions.values()].filter((one) => !refused.has(one.name));
  const aggregates = [...aggregateFunctions.values()].filter((one) => !refused.has(one.name));
  const steps: Declared[] = [...operators.values(), ...sources.values()];
  const declared: Declared[] = [...steps, ...scalars, ...aggregates];
  return {
    operators: names([...steps, { name: 'let' }, { name: 'materialize' }, { name: 'toscalar' }]),
    plugins: names([...plugins.values()]),
    functions: names(scalars),
    aggregates: names(aggregates),
    'refused operators': [...unsupportedOperators.values()]
      .map(({ name, instead }) => `- \`${name}\`${instead === undefined ? '' : `: ${instead}`}`)
      .join('\n'),
    'refused functions': grouped([...refusedFunctions, ...refusedAggregates]),
    differences: grouped(declared.filter((one) => one.difference !== undefined)),
  };
}

function names(declared: Declared[]): string {
  const all = [...new Set(declared.map((one) => one.name))].sort();
  return all.map((name) => `\`${name}\``).join(', ');
}

/** Names that differ in the same way share a line. */
function grouped(declared: Declared[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, difference = '' } of declared) byText.set(difference, [...(byText.get(difference) ?? []), name]);
  return [...byText]
    .map(([text, all]) => `- ${[...new Set(all)].map((name) => `\`${name}\``).join(', ')}: ${text}`)
    .join('\n');
}

/** The page with its generated parts renewed. */
export function renewed(page: string): string {
  return Object.entries(kqlReference()).reduce((text, [name, part]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/kql.md has no place for ${name}`);
    return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
  }, page);
}
