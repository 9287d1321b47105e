import type { Context } from '../commands/context';
import { UserError } from '../errors';
import { QueryError } from '../ports/query-engine';
import { isTextFault, queryFault } from './check-query';

/**
 * Looks at a query text that someone wants to keep. A text that no data could mend is refused; one that only lacks something here (a
 * table without logs, an operator not supported yet) is kept, and the sentence that says so comes back.
 */
export async function checkNewText(ctx: Context, text: string): Promise<string | null> {
  const [engine] = ctx.engines.values();
  if (!engine) return null;
  try {
    await engine.check({ text, asOf: ctx.queryClock.now() });
    return null;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const fault = queryFault(error);
    if (isTextFault(error))
      throw new UserError('bad-input', fault, 'Correct the query and send it again.', { kql: fault });
    return `It was kept, but cannot run here now: ${fault}`;
  }
}
