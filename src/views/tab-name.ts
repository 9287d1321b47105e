import { shortened } from './wording';

/** Text literals and comments are matched first, so that a bar or a semicolon inside them counts for nothing. */
const parts =
  /([hH]?@"[^"]*"?|[hH]?@'[^']*'?|[hH]?"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[hH]?'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|```[\s\S]*?(?:```|$))|(\/\/[^\n]*)|(\s+)|([|;])|([([{])|([)\]}])|[\s\S]/g;

const longestName = 80;

/**
 * What people may call a query that nobody named: the table it begins with, what it filters and by what it counts, in at most 80
 * characters. `SigninLogs: ResultType != 0, by IPAddress`.
 */
export function tabName(kql: string): string {
  const [source = '', ...steps] = stepsOf(kql);
  const filters = steps.flatMap((step) => /^(?:where|filter)\s+(.+)$/i.exec(step)?.[1] ?? []);
  const searched = steps.flatMap((step) => /^search\s+(.+)$/i.exec(step)?.[1] ?? []);
  const grouped = steps.flatMap((step) => /^summarize\b.*\bby\s+(.+)$/i.exec(step)?.[1] ?? []).slice(0, 1);
  const said = [
    ...[...filters, ...searched].slice(0, 3),
    ...grouped.map((columns) => `by ${columns}`),
    ...(filters.length + searched.length + grouped.length === 0 ? steps.slice(0, 1) : []),
  ];
  const name = said.length === 0 ? source : `${source}: ${said.join(', ')}`;
  return shortened(name, longestName) || 'Query';
}

/** The last statement's source and operators, each on one line, without comments. */
function stepsOf(kql: string): string[] {
  let steps: string[] = [];
  let step = '';
  let depth = 0;
  let before: string[] = [];
  for (const [piece, , comment, space, mark, opening, closing] of kql.matchAll(parts)) {
    if (opening) depth += 1;
    if (closing) depth -= 1;
    if (comment !== undefined || space !== undefined) {
      if (!step.endsWith(' ')) step += ' ';
    } else if (mark === undefined || (depth > 0 && mark === '|')) step += piece;
    else {
      steps.push(step.trim());
      step = '';
      if (mark === ';' && depth <= 0) {
        if (steps.some((one) => one !== '')) before = steps;
        steps = [];
      }
    }
  }
  steps.push(step.trim());
  const last = steps.some((one) => one !== '') ? steps : before;
  return last.filter((one) => one !== '');
}
