import type { Context } from '../commands/context';
import { UserError } from '../errors';
import { checkQuery, queryFault } from './check-query';

/** Faults of the text itself, which no data could mend. */
const textFaults = new Set(['syntax', 'type', 'refused']);

/**
 * Looks at a query text that someone wants to keep. A text that no data could mend is refused; one that only lacks something here (a
 * table without logs, an operator not supported yet) is kept, and the sentence that says so comes back.
 */
export async function checkNewText(ctx: Context, text: string): Promise<string | null> {
  const error = await checkQuery(ctx, text);
  if (!error) return null;
  const fault = queryFault(error);
  if (textFaults.has(error.code))
    throw new UserError('bad-input', fault, 'Correct the query and send it again.', { kql: fault });
  return `It was kept, but cannot run here now: ${fault}`;
}
