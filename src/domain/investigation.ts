/** What bookmarks and alerts tie together: the data of an investigation's picture and of its words. */
export interface Investigation {
  title: string;
  findings: Finding[];
  things: Thing[];
  ties: Tie[];
}

/** A bookmark, or an alert of a rule. */
export interface Finding {
  id: string;
  kind: 'bookmark' | 'alert';
  name: string;
  /** Moments of its rows. */
  moments: Date[];
  tactic?: string;
}

export interface Thing {
  id: string;
  type: string;
  name: string;
  /** In other hunts as well. */
  elsewhere: boolean;
  indicator: boolean;
}

export interface Tie {
  finding: string;
  thing: string;
  /** Rows that name it. */
  rows: number;
}

/** The ties of each thing, by its id. */
export function tiesByThing(ties: readonly Tie[]): ReadonlyMap<string, readonly Tie[]> {
  const found = new Map<string, Tie[]>();
  for (const tie of ties) {
    const known = found.get(tie.thing);
    if (known) known.push(tie);
    else found.set(tie.thing, [tie]);
  }
  return found;
}

/** Things that hold the findings together first: those in several, then what is an indicator or known elsewhere, then by rows. */
export function strongestThings({ things, ties }: Pick<Investigation, 'things' | 'ties'>): Thing[] {
  const byThing = tiesByThing(ties);
  const weighed = things.map((thing) => {
    const own = byThing.get(thing.id) ?? [];
    const rows = own.reduce((sum, tie) => sum + tie.rows, 0);
    const known = (thing.indicator ? 60 : 0) + (thing.elsewhere ? 30 : 0);
    return { thing, weight: own.length * 100 + known + Math.min(29, Math.log2(1 + rows) * 3) };
  });
  weighed.sort((a, b) => b.weight - a.weight || a.thing.id.localeCompare(b.thing.id, 'en', { numeric: true }));
  return weighed.map(({ thing }) => thing);
}
