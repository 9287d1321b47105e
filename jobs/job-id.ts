/** BullMQ allows neither `:` nor a bare number as an id; every other id stays as it is. */
export function encodeJobId(id: string): string {
  const safe = id.replace(/[%:]/g, (character) => (character === '%' ? '%25' : '%3A'));
  return /^\d+$/.test(safe) ? `%n${safe}` : safe;
}
