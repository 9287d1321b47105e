import type { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

/**
 * Microsoft's client of Data Explorer is an ES module, which Jest's own module system cannot load on Node 20; Node's can, and is
 * reached outside of Jest's context. For `jest.mock('azure-kusto-data', realKustoSdk)`.
 */
export function realKustoSdk(): unknown {
  const node: { createRequire: typeof createRequire } = runInThisContext("process.getBuiltinModule('node:module')");
  return node.createRequire(__filename)('azure-kusto-data');
}
