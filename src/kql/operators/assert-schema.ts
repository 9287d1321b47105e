import { part } from '../kusto';
import { schemaColumns } from './datatable';
import type { Operator } from './define-operator';

export const assertSchema: Operator = {
  name: 'assert-schema',
  kind: 'AssertSchemaOperator',
  compile(node, input, _env, context) {
    const schema = part(node, 'Schema');
    const text = (columns: { name: string; type: string }[]) =>
      columns.map(({ name, type }) => `${name}:${type}`).join(', ');
    const [wanted, given] = [text(schemaColumns(schema, context)), text(input.columns)];
    return wanted === given ? input : context.fail(schema, 'type', `the columns here are (${given})`);
  },
};
