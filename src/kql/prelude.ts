import { comparisonPrelude } from './expressions/comparisons';
import { dynamicPathPrelude } from './expressions/dynamic-path';
import { stringOperatorPrelude } from './expressions/string-operators';
import { convertPrelude, convertScripts } from './functions/convert';
import { decimalScripts } from './functions/decimal';
import type { ScriptFunction } from './functions/define-function';
import { aggregateFunctions, scalarFunctions } from './functions/registry';
import { operators } from './operators/registry';

/** SQL statements that the engine runs once on every new database, in this order, after `scripts` and before any compiled query. */
export function prelude(): string[] {
  const declared = [...scalarFunctions.values(), ...aggregateFunctions.values(), ...operators.values()];
  return [
    ...new Set([
      ...convertPrelude,
      ...comparisonPrelude,
      ...dynamicPathPrelude,
      ...stringOperatorPrelude,
      ...declared.flatMap((one) => one.prelude ?? []),
    ]),
  ];
}

/** JavaScript functions that the engine registers on every new database, each name once. */
export function scripts(): ScriptFunction[] {
  const byName = new Map<string, ScriptFunction>();
  const declared = [...scalarFunctions.values(), ...aggregateFunctions.values()].flatMap((one) => one.scripts ?? []);
  for (const script of [...convertScripts, ...decimalScripts, ...declared]) byName.set(script.name, script);
  return [...byName.values()];
}
