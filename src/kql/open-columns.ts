import type { Column, ColumnType, QueryErrorCode } from '../ports/query-engine';

/** Names that one text may take for columns of rows that were not read. */
const mostAssumed = 500;
/** Columns that an error names. */
const mostNamed = 40;
/** What a column might hold, in the order of trying: the query need only be right for one of them. */
const types: ColumnType[] = ['dynamic', 'string', 'datetime', 'long', 'real', 'bool', 'timespan'];

/**
 * Tables whose columns the data decides. Where it was asked, they are known, and a name that is missing is explained by
 * them. Where it may not be asked, the names that the rest of the query misses are taken to be columns, of whatever type
 * lets it compile: `learn` says whether there is more to try, and the query is then worth compiling again.
 */
export interface OpenColumns {
  /** Before each attempt to compile. */
  begin(): void;
  /** `plugin` gives these columns. */
  known(plugin: string, names: string[]): void;
  /** The columns assumed so far of a table that nothing is known of. */
  assumed(): Column[];
  /** Notes a refusal and the names it is about; gives what its message should add. */
  refused(code: QueryErrorCode, names: Set<string>): string;
  learn(): boolean;
}

export function createOpenColumns(): OpenColumns {
  const tried = new Map<string, number>();
  let open = false;
  let refusal: { code: QueryErrorCode; names: Set<string> } | undefined;
  let given: string[] = [];

  function retype(names: string[]): boolean {
    const left = names.filter((name) => (tried.get(name) ?? 0) < types.length - 1);
    for (const name of left) tried.set(name, (tried.get(name) ?? 0) + 1);
    return left.length > 0;
  }

  return {
    begin() {
      open = false;
      refusal = undefined;
      given = [];
    },
    known: (plugin, names) => void given.push(`${plugin} gave ${listed(names)}`),
    assumed() {
      open = true;
      return [...tried].map(([name, place]) => ({ name, type: types[place] ?? 'dynamic' }));
    },
    refused(code, names) {
      refusal = { code, names };
      return code === 'unknown-name' && given.length > 0 ? `; ${given.join('; ')}` : '';
    },
    learn() {
      if (!open || !refusal) return false;
      const { code, names } = refusal;
      if (code === 'type' || code === 'unsupported') {
        const about = [...tried.keys()].filter((name) => names.has(name));
        return retype(about.length > 0 ? about : [...tried.keys()]);
      }
      if (code !== 'unknown-name') return false;
      const added = [...names].filter((name) => !tried.has(name)).slice(0, mostAssumed - tried.size);
      for (const name of added) tried.set(name, 0);
      return added.length > 0;
    },
  };
}

function listed(names: string[]): string {
  if (names.length === 0) return 'no columns';
  const more = names.length - mostNamed;
  return `the columns ${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
