import { legacyEntityMappings } from '../legacy-entity-mappings';
import type { HuntingQueryContent } from '../read-hunting-query';
import { idOfPlace, plainQuery } from './plain-query';
import type { ParserContent } from './read-parser';
import { fileFault } from './sentinel-yaml';
import { techniquesInText } from './techniques-in-text';

const longestName = 200;
const longestDescription = 5000;

/**
 * Reads a query file whose leading comments say what it is: `// Title: …` or the first line is its name, the rest its
 * description. Without comments the file's name is the query's. Throws UserError `bad-input` where there is no query in it.
 */
export function readKqlFile(text: string, source: string): HuntingQueryContent {
  const { header, body } = splitHeader(text);
  if (body === '') throw fileFault(source, 'holds no query, only comments');
  const titled = header.find((line) => /^(title|name|query name|rule name)\s*:\s*\S/i.test(line));
  const first = titled ?? header.find((line) => isSentence(line));
  const name = first?.replace(/^(title|name|query name|rule name)\s*:\s*/i, '') ?? nameOfFile(source);
  const description = header
    .filter((line) => line !== first)
    .map((line) => line.replace(/^description\s*:\s*/i, ''))
    .join('\n')
    .trim();
  return plainQuery({
    id: idOfPlace(source),
    name: name.slice(0, longestName),
    description: description.slice(0, longestDescription),
    query: body,
    techniques: techniquesInText(`${source}\n${header.join('\n')}`),
    entityMappings: legacyEntityMappings(body),
    source,
  });
}

/** A stored function that is named by its file: `let`s and a pipeline, without parameters. */
export function readFunctionFile(text: string, source: string): ParserContent {
  const { header, body } = splitHeader(text);
  const name = nameOfFile(source, false).replace(/^function[-_ ]+/i, '');
  if (body === '') throw fileFault(source, 'holds no function, only comments');
  if (!/^[A-Za-z_]\w{0,199}$/.test(name))
    throw fileFault(source, 'holds a function, but its own name is no name in KQL');
  return {
    id: idOfPlace(source),
    name,
    description: header.join('\n').trim().slice(0, longestDescription),
    functionName: name,
    parameters: '',
    body,
    version: '1.0.0',
    source,
  };
}

/** The file's name without its ending, as words. */
export function nameOfFile(source: string, asWords = true): string {
  const base = source.split('/').at(-1) ?? source;
  const bare = base.replace(/\.[^.]+$/, '').trim() || base;
  if (!asWords) return bare;
  return bare.replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim() || bare;
}

/** Comments before the first line of the query, without their slashes; and the query. */
function splitHeader(text: string): { header: string[]; body: string } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('//'));
  const before = end === -1 ? lines : lines.slice(0, end);
  const header = before.map((line) =>
    line
      .trim()
      .replace(/^\/+\s?/, '')
      .trim(),
  );
  return { header, body: end === -1 ? '' : lines.slice(end).join('\n').trim() };
}

/** Lines of dashes, links and settings are no name. */
function isSentence(line: string): boolean {
  return (
    /\p{L}{2}/u.test(line) && !/^https?:\/\//i.test(line) && !/^(author|date|version|mitre|id|tags?)\s*:/i.test(line)
  );
}
