import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBType,
  VARCHAR,
} from '@duckdb/node-api';
import type { ScriptFunction } from '../../kql/functions/define-function';

const sqlTypes: Record<ScriptFunction['returns'], DuckDBType> = { BOOLEAN, BIGINT, DOUBLE, VARCHAR };

type ScriptValue = Parameters<ScriptFunction['run']>[number];

/** Registers functions that run in JavaScript, for every connection of the database. They see NULLs as null. */
export function registerScripts(connection: DuckDBConnection, scripts: ScriptFunction[]): void {
  for (const { name, parameters, returns, run } of scripts) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        parameterTypes: parameters.map((type) => sqlTypes[type]),
        returnType: sqlTypes[returns],
        specialHandling: true,
        mainFunction(_info, input, output) {
          const columns = input.getColumns();
          for (let row = 0; row < input.rowCount; row++) {
            output.setItem(row, run(...columns.map((values) => scriptValue(values[row]))));
          }
          output.flush();
        },
      }),
    );
  }
}

function scriptValue(value: unknown): ScriptValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string')
    return value;
  throw new Error('A script function was given a value of a type it did not declare');
}
