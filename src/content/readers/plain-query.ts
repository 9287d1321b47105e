import type { HuntingQueryContent } from '../read-hunting-query';

/** The id of content that carries none: the same file gives the same one, so that a second import knows it. */
export function idOfPlace(source: string, part = ''): string {
  return `file:${source.toLowerCase()}${part === '' ? '' : `#${part.toLowerCase()}`}`.slice(0, 500);
}

/** What is said of a query in words only: nothing is known of its tables and entities. */
export function plainQuery(
  given: Pick<HuntingQueryContent, 'id' | 'name' | 'description' | 'query' | 'source'> &
    Partial<Pick<HuntingQueryContent, 'tactics' | 'techniques' | 'dataTypes' | 'entityMappings'>>,
): HuntingQueryContent {
  return { tactics: [], techniques: [], dataTypes: [], entityMappings: [], version: '1.0.0', ...given };
}
