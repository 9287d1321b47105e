export interface DiffLine {
  sign: '-' | '+';
  text: string;
}

const mostComparisons = 1_000_000;

/** The lines that left and came between two texts, in order, as few as possible; where both differ in thousands of lines, all of them. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const from = before.split('\n');
  const to = after.split('\n');
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  const shorter = Math.min(from.length, to.length) - start;
  while (end < shorter && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  const left = from.slice(start, from.length - end);
  const right = to.slice(start, to.length - end);
  if (left.length * right.length > mostComparisons) return [...left.map(gone), ...right.map(come)];
  return changes(left, right);
}

function changes(left: string[], right: string[]): DiffLine[] {
  const width = right.length + 1;
  // The length of the longest run of lines in common, from each pair of places to the ends.
  const common = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      common[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const one = left[i];
    const other = right[j];
    if (one !== undefined && one === other) {
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(one));
      i += 1;
    } else if (other !== undefined) {
      lines.push(come(other));
      j += 1;
    }
  }
  return lines;
}

function gone(text: string): DiffLine {
  return { sign: '-', text };
}

function come(text: string): DiffLine {
  return { sign: '+', text };
}
