import type { createRequire } from 'node:module';

/**
 * Microsoft's client of Data Explorer is an ES module, which Jest's own module system cannot load on Node 20; Node's can. For
 * `jest.mock('azure-kusto-data', realKustoSdk)`.
 */
export function realKustoSdk(): unknown {
  const { createRequire: create }: { createRequire: typeof createRequire } = process.getBuiltinModule('node:module');
  return create(__filename)('azure-kusto-data');
}
