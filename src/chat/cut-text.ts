/** Length in the unit a platform counts; never below the UTF-16 units of the text. */
export type Length = (text: string) => number;

function utf16Length(text: string): number {
  return text.length;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning of `text` that is at most `max` long and ends between two characters as people see them. */
export function headOf(text: string, max: number, length: Length = utf16Length): string {
  if (length(text) <= max) return text;
  if (max <= 0) return '';
  // No platform counts less than UTF-16 units, so what lies beyond `max` of them cannot fit; a cluster may straddle the edge.
  const window = text.slice(0, max + 64);
  // In plain ASCII every index is an end; the segmenter costs a millisecond for each 3,000 characters.
  if (/^[\x20-\x7e\n]*$/.test(window)) return longest(window, window.length, (count) => count, max, length);
  const ends = [...graphemes.segment(window)].map((part) => part.index).slice(1);
  const head = longest(window, ends.length, (count) => ends[count - 1] ?? 0, max, length);
  // One cluster longer than the whole bound (a tower of combining marks): split it, but between code points.
  if (head !== '') return head;
  const points = codePointEnds(window);
  return longest(window, points.length, (count) => points[count - 1] ?? 0, max, length);
}

/** Cut to `max`, the cut shown by an ellipsis. */
export function cutText(text: string, max: number, length: Length = utf16Length): string {
  if (length(text) <= max) return text;
  return `${headOf(text, max - length('…'), length).trimEnd()}…`;
}

/** The whole text in pieces of at most `max`, split after a line where one ends in the last half of the piece, else after a word. */
export function splitText(text: string, max: number, length: Length = utf16Length): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (length(rest) > max) {
    const head = headOf(rest, max, length);
    if (head === '') break;
    const line = head.lastIndexOf('\n') + 1;
    const word = head.lastIndexOf(' ') + 1;
    const at = [line, word].find((end) => end > head.length / 2) ?? head.length;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** By halving: a longer beginning is never shorter in any platform's count. */
function longest(text: string, most: number, end: (count: number) => number, max: number, length: Length): string {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (length(text.slice(0, end(middle))) <= max) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : text.slice(0, end(low));
}

function codePointEnds(text: string): number[] {
  const ends: number[] = [];
  let end = 0;
  for (const point of text) {
    end += point.length;
    ends.push(end);
  }
  return ends;
}
