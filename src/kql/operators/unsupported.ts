/** An operator of the language that is refused by name, with the way to write it instead where there is one. */
export interface UnsupportedOperator {
  name: string;
  instead?: string;
}

/** By the parser's kind. */
export const unsupportedOperators: ReadonlyMap<string, UnsupportedOperator> = new Map([
  [
    'ReduceByOperator',
    { name: 'reduce', instead: 'cut the changing part with replace_regex() and summarize by the rest' },
  ],
  ['ForkOperator', { name: 'fork', instead: 'send the queries one by one' }],
  ['FacetOperator', { name: 'facet', instead: 'summarize by one column at a time' }],
  ['ConsumeOperator', { name: 'consume', instead: 'write count' }],
  ['GraphWhereNodesOperator', { name: 'graph-where-nodes', instead: 'filter the tables before make-graph' }],
  ['GraphWhereEdgesOperator', { name: 'graph-where-edges', instead: 'filter the tables before make-graph' }],
  ['MacroExpandOperator', { name: 'macro-expand' }],
  ['ExecuteAndCacheOperator', { name: 'execute-and-cache' }],
]);

/** What the refusal says. */
export function unsupportedOperator(kind: string, word: string): string {
  const known = unsupportedOperators.get(kind);
  const instead = known?.instead;
  return `\`${known?.name ?? word}\` is not supported yet${instead === undefined ? '' : `; ${instead}`}`;
}
