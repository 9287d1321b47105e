import { randomExpression, reference } from './expression';
import type { Step } from './operator';
import type { Random } from './random';
import type { Table, Value } from './table';

/** parse in its simple mode: texts are found from the left to the right, the columns take what is between them. */
export function randomParse(given: Table, names: () => string, random: Random): Step {
  const { columns } = given;
  const texts = columns.filter((column) => column.type === 'string');
  const source =
    texts.length > 0 ? reference(random.pick(texts), columns) : randomExpression('string', columns, 2, random);
  const lead = random.chance(0.5);
  const parts = Array.from({ length: 1 + random.below(2) }, () => ({
    text: random.pick(['a', 'b', ' ', '-', '.']),
    name: names(),
  }));
  const rest = random.chance(0.4) ? { text: random.pick(['a', 'b', ' ']) } : undefined;
  const where = random.chance(0.3);
  const kind = random.pick(['', ' kind=simple']);
  const pattern = [
    ...(lead ? ['*'] : []),
    ...parts.map(({ text, name }) => `"${text}" ${name}`),
    ...(rest ? [`"${rest.text}" *`] : []),
  ];
  const added = parts.map(({ name }) => ({ name, type: 'string' as const }));
  return {
    text: `parse${where ? '-where' : ''}${kind} ${source.text} with ${pattern.join(' ')}`,
    run: ({ rows }) => ({
      columns: [...columns, ...added],
      rows: rows.flatMap((row) => {
        const found = match(String(source.value(row) ?? ''), lead, [...parts, ...(rest ? [rest] : [])]);
        if (!found) return where ? [] : [[...row, ...added.map((): Value => '')]];
        return [[...row, ...found.slice(0, added.length)]];
      }),
    }),
  };
}

/** What stands behind each text, up to the next. */
function match(text: string, lead: boolean, parts: { text: string }[]): string[] | undefined {
  const [first] = parts;
  if (!first || (!lead && !text.startsWith(first.text))) return undefined;
  const found: string[] = [];
  let at = text.indexOf(first.text);
  for (const [i, part] of parts.entries()) {
    if (at < 0) return undefined;
    const from = at + part.text.length;
    const next = parts[i + 1];
    at = next ? text.indexOf(next.text, from) : text.length;
    found.push(text.slice(from, Math.max(from, at)));
    if (at < 0) return undefined;
  }
  return found;
}
