import type { AggregateFunction, ScalarFunction } from './define-function';

/** Every scalar function of the language, by its name in Kusto. */
export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = byName([]);

/** Every aggregate function of the language, by its name in Kusto. */
export const aggregateFunctions: ReadonlyMap<string, AggregateFunction> = byName([]);

function byName<T extends { name: string }>(declarations: T[]): ReadonlyMap<string, T> {
  const functions = new Map<string, T>();
  for (const declaration of declarations) {
    if (functions.has(declaration.name)) throw new Error(`${declaration.name} is declared twice`);
    functions.set(declaration.name, declaration);
  }
  return functions;
}
