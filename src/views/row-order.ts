interface NamedColumn {
  name: string;
  type?: string;
}

/** Types of which a value is a measure, whatever the column's name: `Accounts` may be how many. */
const measures = new Set(['int', 'long', 'real', 'decimal', 'timespan', 'bool']);

const meaning = [
  /^(timegenerated|timestamp|starttime|endtime|first\w*|last\w*)$/i,
  /^(account\w*|userprincipalname|targetusername|subjectusername|initiatingprocessaccountname|userid|user|caller)$/i,
  /^(computer|devicename|host\w*|workstation\w*)$/i,
  /^(ipaddress|remoteip|sourceip|clientip|ip\w*)$/i,
  /^(processcommandline|commandline|newprocessname|filename|processname)$/i,
];

/**
 * Indexes of the columns in reading order: time, account, host, address, command line first, the rest as the query gave
 * them, bags last: their JSON is long and says the least at a glance.
 */
export function readingOrder(columns: readonly NamedColumn[]): number[] {
  const ranks = columns.map(rankOf);
  return columns.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
}

/**
 * At most `most` columns that tell the most: one time, account, host, address and command line, then what the query gave first,
 * is short enough to be read in passing, and differs from row to row.
 */
export function tellingColumns(columns: readonly NamedColumn[], rows: readonly string[][], most: number): number[] {
  const ranks = columns.map(rankOf);
  const first = (rank: number) => ranks.indexOf(rank);
  const named = meaning.map((_, rank) => first(rank)).filter((i) => i !== -1);
  const longest = (i: number) => Math.max(0, ...rows.map((row) => (row[i] ?? '').length));
  const filled = (i: number) => rows.some((row) => (row[i] ?? '') !== '');
  const same = (i: number) => rows.length > 1 && rows.every((row) => row[i] === rows[0]?.[i]);
  const weight = (i: number) => Number(longest(i) > 40) * 2 + Number(same(i));
  const others = columns
    .map((_, i) => i)
    .filter((i) => !named.includes(i) && filled(i))
    .sort((a, b) => weight(a) - weight(b) || a - b);
  const chosen = new Set([...named, ...others].slice(0, most));
  return readingOrder(columns).filter((i) => chosen.has(i));
}

function rankOf({ name, type = 'string' }: NamedColumn): number {
  const at = measures.has(type) ? -1 : meaning.findIndex((pattern) => pattern.test(name));
  if (at !== -1) return at;
  return meaning.length + Number(type === 'dynamic');
}
