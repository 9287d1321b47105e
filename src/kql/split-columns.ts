import { kusto } from './kusto';

interface TypedColumn {
  Name: string;
  Type: unknown;
}

/** A column, a list of columns of one type, or a dictionary of these by type. */
type Entry = object;

interface ColumnMap {
  _nameMap: { tryGetValue(name: string, found: { v?: Entry }): boolean; setItem(name: string, entry: Entry): void };
  GetTypeKey(type: unknown): unknown;
}

/**
 * Runs `act` with an analyser that splits columns by type as the documentation of union has it. As published it forgets a type
 * that comes after two tables agree on another, and then knows neither x_long nor x_string, only x.
 */
export function withSplitColumns<T>(act: () => T): T {
  const { Binding, Symbols } = kusto().Language;
  const { prototype } = Binding.ColumnMap;
  const { Add } = prototype;
  prototype.Add = function (this: ColumnMap, column: TypedColumn) {
    const found: { v?: Entry } = {};
    this._nameMap.tryGetValue(column.Name, found);
    const first = firstOf(found.v);
    Add.call(this, column);
    if (!found.v || !first || this.GetTypeKey(first.Type) === this.GetTypeKey(column.Type)) return;
    const types = Symbols.TypeSymbol;
    const dictionary = new (classes().Collections.Generic.Dictionary$2(types, classes().Object).ctor)();
    dictionary.setItem(this.GetTypeKey(first.Type), found.v);
    dictionary.setItem(this.GetTypeKey(column.Type), column);
    this._nameMap.setItem(column.Name, dictionary);
  };
  try {
    return act();
  } finally {
    prototype.Add = Add;
  }
}

/** The first column of a list; undefined for anything else, which the analyser handles itself. */
function firstOf(entry: Entry | undefined): TypedColumn | undefined {
  const get: unknown = entry && Reflect.get(entry, 'getItem');
  const items: unknown = entry && Reflect.get(entry, '_items');
  if (typeof get !== 'function' || !Array.isArray(items)) return undefined;
  return get.call(entry, 0) as TypedColumn;
}

interface Collections {
  Collections: {
    Generic: {
      Dictionary$2(
        key: unknown,
        value: unknown,
      ): {
        ctor: new () => Entry & { setItem(key: unknown, value: unknown): void };
      };
    };
  };
  Object: unknown;
}

function classes(): Collections {
  return Reflect.get(globalThis, 'System') as Collections;
}
