/** The candidate that is few enough slips of the keyboard away, or undefined. A difference in case alone comes first. */
export function nearest(name: string, candidates: string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = name.length < 3 ? 1 : Math.max(1, Math.floor(name.length / 4)) + 1;
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - name.length) >= least || candidate === name) continue;
    const slips = distance(wanted, candidate.toLowerCase());
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** Edits between two words; two neighbours that changed places count as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
