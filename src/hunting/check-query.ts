import type { Context } from '../commands/context';
import { QueryError } from '../ports/query-engine';

/** What the default engine says against a query text; null where it runs here. */
export async function checkQuery(
  ctx: Pick<Context, 'engines' | 'queryClock'>,
  text: string,
): Promise<QueryError | null> {
  const [engine] = ctx.engines.values();
  if (!engine) return null;
  try {
    await engine.check({ text, asOf: ctx.queryClock.now() });
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

/** `unknown column “Foo” (line 3, column 5)` */
export function queryFault(error: QueryError): string {
  const place = error.line === undefined ? '' : `line ${error.line}, column ${error.column ?? 1}`;
  return place === '' || error.message.includes(place) ? error.message : `${error.message} (${place})`;
}
