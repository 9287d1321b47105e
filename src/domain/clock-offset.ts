/** A clock that stands or runs from a given instant: for logs of another day. */
export function clockFrom(start: Date, real: { now(): Date }): { now(): Date } {
  const begun = real.now().getTime();
  return { now: () => new Date(start.getTime() + (real.now().getTime() - begun)) };
}
