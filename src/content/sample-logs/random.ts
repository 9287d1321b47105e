/** A small seeded generator (mulberry32): the same seed gives the same sample logs on every machine. Not for secrets. */
export interface Random {
  /** [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Milliseconds or another number around `middle`, bell-shaped, never further away than three `spread`. */
  around(middle: number, spread: number): number;
  hex(digits: number): string;
  guid(): string;
}

/** Every label gives an independent stream, so that a change to one kind of noise leaves the others as they were. */
export function createRandom(seed: number, label: string): Random {
  let state = (hashText(label) ^ Math.imul(seed, 0x9e3779b1)) >>> 0;

  function bits(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  function next(): number {
    return bits() / 4294967296;
  }
  function hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += bits().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }
  return {
    next,
    hex,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick(list) {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    around: (middle, spread) => middle + (next() + next() + next() - 1.5) * 2 * spread,
    guid() {
      const digits = hex(32);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}

/** FNV-1a, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
