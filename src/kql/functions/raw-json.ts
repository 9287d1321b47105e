/** JSON that keeps the digits of its numbers and the spelling of its strings: JSON.parse would turn 1.0 into 1 and round a long. */
export type RawJson =
  | { kind: 'bag'; members: [key: string, value: RawJson][] }
  | { kind: 'array'; items: RawJson[] }
  | { kind: 'plain'; text: string };

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Reads text that is known to be JSON. */
export function parseRawJson(text: string): RawJson {
  const tokens = text.match(token) ?? [];
  let position = 0;
  function value(): RawJson {
    const first = tokens[position++] ?? 'null';
    if (first === '[') {
      const items: RawJson[] = [];
      while (position < tokens.length && tokens[position] !== ']') {
        items.push(value());
        if (tokens[position] === ',') position++;
      }
      position++;
      return { kind: 'array', items };
    }
    if (first !== '{') return { kind: 'plain', text: first };
    const members: [string, RawJson][] = [];
    while (position < tokens.length && tokens[position] !== '}') {
      const key: unknown = JSON.parse(tokens[position++] ?? '""');
      position++;
      members.push([String(key), value()]);
      if (tokens[position] === ',') position++;
    }
    position++;
    return { kind: 'bag', members };
  }
  return value();
}

export function printRawJson(value: RawJson): string {
  if (value.kind === 'plain') return value.text;
  if (value.kind === 'array') return `[${value.items.map(printRawJson).join(',')}]`;
  return `{${value.members.map(([key, member]) => `${JSON.stringify(key)}:${printRawJson(member)}`).join(',')}}`;
}

/** The steps of a JSONPath such as `$.a['b c'][0]`, a plain key as itself; undefined where it is no such path. */
export function parseJsonPath(path: string): (string | number)[] | undefined {
  if (!path.startsWith('$')) return [path];
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]'"\s]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (!found) return undefined;
    steps.push(found[4] === undefined ? (found[1] ?? found[2] ?? found[3] ?? '') : Number(found[4]));
  }
  return steps;
}
