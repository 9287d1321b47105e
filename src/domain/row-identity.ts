/** Types of which a value changes from run to run without the row being another: when it was, and how much. */
const volatile = new Set(['datetime', 'timespan', 'int', 'long', 'real', 'decimal']);
/** Numbers that say what something is. */
const naming = /^(?:eventid|port|.*port|resulttype|statuscode|type|level|logontype|pid|processid)$/i;
/** Ids that a log gives to each of its lines. */
const perLine =
  /^(?:.*correlationid|.*requestid|.*eventrecordid|itemid|_itemid|.*reportid|tenantid|sourcesystem|.*operationid)$/i;

export interface RowIdentity {
  /** Columns that make two rows the same. */
  keys: string[];
  /** Columns that are not looked at. */
  ignored: string[];
}

/** Which columns say that two rows of two runs are the same one: names and kinds, not times, amounts and ids of lines. All of them where nothing else is left. */
export function rowIdentity(columns: readonly { name: string; type: string }[]): RowIdentity {
  const isKey = ({ name, type }: { name: string; type: string }) =>
    naming.test(name) || (!volatile.has(type) && !perLine.test(name));
  const keys = columns.filter(isKey).map((one) => one.name);
  if (keys.length === 0) return { keys: columns.map((one) => one.name), ignored: [] };
  return { keys, ignored: columns.filter((one) => !isKey(one)).map((one) => one.name) };
}
