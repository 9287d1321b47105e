import type { StoredFunction as KqlFunction } from '../../../kql/compile-input';

export type StoredFunction = KqlFunction;

/**
 * A stored function is a file `functions/Name.kql`: the text is the function's body, without braces. Comment lines at
 * its beginning may say more, as `// key: value`:
 *
 *     // parameters: since: timespan = 7d, T: (TimeGenerated: datetime)
 *     // description: what it is for
 *
 * A body without parameters is used like a table, by its bare name.
 */
export function readStoredFunction(name: string, text: string): StoredFunction | { problem: string } {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return { problem: `the file's name is the function's: ${name} is no KQL name` };
  let parameters: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() !== '' && !line.trimStart().startsWith('//')) break;
    const match = /^\s*\/\/\s*parameters:\s*(.*?)\s*$/i.exec(line);
    if (match?.[1]) parameters = match[1].replace(/^\((.*)\)$/, '$1');
  }
  const body = text.replace(/^(\s*\/\/[^\n]*\n)*/, (head) => head.replace(/[^\n]/g, ''));
  if (body.trim() === '') return { problem: 'holds no query' };
  return { name, body: text, ...(parameters ? { parameters } : {}) };
}
