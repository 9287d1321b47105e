/** Edits between two words, a swap of neighbours counted as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? a.length;
}

/** The names closest to what was typed, best first, at most `most`; none where nothing is near. */
export function nearest(word: string, names: readonly string[], most = 3): string[] {
  const typed = word.toLowerCase().slice(0, 40);
  return names
    .map((name) => ({ name, far: name.startsWith(typed) && typed.length > 1 ? 0.5 : distance(typed, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.max(name.length, typed.length) / 3)))
    .sort((x, y) => x.far - y.far || x.name.localeCompare(y.name))
    .slice(0, most)
    .map(({ name }) => name);
}
