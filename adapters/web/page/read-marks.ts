/** How far each person has read each channel; kept in the browser, by message number. */
export function readMark(person: string, channel: string): number {
  return marksOf(person)[channel] ?? 0;
}

export function markRead(person: string, channel: string, number: number): void {
  const marks = marksOf(person);
  if ((marks[channel] ?? 0) >= number) return;
  localStorage.setItem(keyOf(person), JSON.stringify({ ...marks, [channel]: number }));
}

/** After the page's messages were reset elsewhere, marks past the newest message would hide what is new. */
export function capMark(person: string, channel: string, latest: number): void {
  const marks = marksOf(person);
  if ((marks[channel] ?? 0) > latest)
    localStorage.setItem(keyOf(person), JSON.stringify({ ...marks, [channel]: latest }));
}

function keyOf(person: string): string {
  return `talbot.read.${person}`;
}

function marksOf(person: string): Record<string, number> {
  const text = localStorage.getItem(keyOf(person));
  if (text === null) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
