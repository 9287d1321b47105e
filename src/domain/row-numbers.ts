/** Reads `1,3-5` as 1, 3, 4, 5; null where the text is no such list, names row 0, or has more than `most` rows. */
export function parseRowNumbers(text: string, most: number): number[] | null {
  const rows = new Set<number>();
  for (const piece of text.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^#?(\d{1,9})(?:(?:-|–|\.\.)(\d{1,9}))?$/.exec(piece);
    if (!match) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (first < 1 || last < first || last - first >= most) return null;
    for (let row = first; row <= last; row++) rows.add(row);
    if (rows.size > most) return null;
  }
  return rows.size === 0 ? null : [...rows].sort((a, b) => a - b);
}
