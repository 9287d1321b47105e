import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../sql-text';
import { AskedFields } from './asked-fields';
import { isKnownTable, knownTableNames } from './known-tables';
import type { RecordSource } from './record-source';

/**
 * Which rows of a file go to a table: all of them (`own`), those whose Type names a Log Analytics table (`type`), or the
 * events of a Windows export (`windows`): the Security channel to SecurityEvent, every other to Event.
 */
export interface Route {
  kind: 'own' | 'type' | 'windows';
  table: string;
  /** Of an own table: its Windows events come in by the other route, in Sentinel's form. */
  withoutEvents?: boolean;
}

/** The tables a file feeds. A file named like the table that its rows would go to feeds it once. */
export async function findRoutes(connection: DuckDBConnection, source: RecordSource, own: string): Promise<Route[]> {
  const routes: Route[] = [{ kind: 'own', table: own }];
  const windows = isWindowsExport(source, own);
  if (!source.fields.includes('Type') && !windows) return routes;
  const asked = new AskedFields(source);
  const named = source.fields.includes('Type') ? asked.text('Type') : 'NULL::VARCHAR';
  const names = knownTableNames().map(quoteText).join(', ');
  const target = windows ? windowsTable(source, asked) : 'NULL';
  const answer = await connection.runAndReadAll(
    `SELECT DISTINCT CASE WHEN ${named} IN (${names}) THEN ${named} END, CASE WHEN coalesce(${named}, '') = '' THEN ${target} END FROM ${asked.from()} ORDER BY ALL`,
  );
  for (const [type, event] of answer.getRowsJS()) {
    if (typeof type === 'string' && type !== own) addOnce(routes, { kind: 'type', table: type });
    if (typeof event !== 'string') continue;
    if (event === own) routes[0] = { kind: 'own', table: own, withoutEvents: true };
    addOnce(routes, { kind: 'windows', table: event });
  }
  return routes;
}

/** SQL of whether a row goes that way. */
export function rowsOfRoute(route: Route, source: RecordSource, asked: AskedFields): string {
  if (route.kind === 'own') {
    return route.withoutEvents ? `(${windowsTable(source, asked)}) IS DISTINCT FROM ${quoteText(route.table)}` : 'true';
  }
  if (route.kind === 'type') return `${asked.text('Type')} = ${quoteText(route.table)}`;
  const untyped = source.fields.includes('Type') ? `coalesce(${asked.text('Type')}, '') = ''` : 'true';
  return `${untyped} AND ${windowsTable(source, asked)} = ${quoteText(route.table)}`;
}

/** Rows of a table that Microsoft documents and that have its TimeGenerated are in its form already, whatever their Channel. */
function isWindowsExport(source: RecordSource, own: string): boolean {
  if (isKnownTable(own) && source.fields.includes('TimeGenerated')) return false;
  return source.fields.includes('Channel') && (source.fields.includes('EventID') || source.fields.includes('EventId'));
}

function windowsTable(source: RecordSource, asked: AskedFields): string {
  const id = asked.text(source.fields.includes('EventID') ? 'EventID' : 'EventId');
  const channel = asked.text('Channel');
  return `CASE WHEN coalesce(${id}, '') = '' OR coalesce(${channel}, '') = '' THEN NULL WHEN lower(${channel}) = 'security' THEN 'SecurityEvent' ELSE 'Event' END`;
}

function addOnce(routes: Route[], route: Route): void {
  if (!routes.some((one) => one.kind === route.kind && one.table === route.table)) routes.push(route);
}
