/** The only source of the time: everything that needs "now" takes a Clock. */
export interface Clock {
  now(): Date;
}
