import { kusto, type List, listItems } from '../../src/kql/kusto';

interface Named {
  Name: string;
}

/** Names that Microsoft's parser knows; the compiler itself needs fewer of them. */
interface Language {
  Functions: { All: List<Named> };
  Aggregates: { All: List<Named> };
  PlugIns: { All: List<Named> };
  Syntax: { SyntaxKind: Record<string, number> };
}

export interface LanguageNames {
  functions: string[];
  aggregates: string[];
  plugins: string[];
  /** Names in SyntaxKind of operators that stand in a pipe or begin one. */
  operatorKinds: string[];
  /** Names in SyntaxKind of statements. */
  statementKinds: string[];
}

const noOperators = new Set(['BadQueryOperator']);
const tableExpressions = [
  'DataTableExpression',
  'ExternalDataExpression',
  'InlineExternalTableExpression',
  'ContextualDataTableExpression',
  'MaterializedViewCombineExpression',
  'MaterializeExpression',
  'ToScalarExpression',
  'ToTableExpression',
];

export function languageNames(): LanguageNames {
  const parser: object = kusto();
  const language: Language = Reflect.get(parser, 'Language');
  const names = (list: List<Named>) => listItems(list).map((one) => one.Name);
  const kinds = Object.keys(language.Syntax.SyntaxKind);
  return {
    functions: names(language.Functions.All),
    aggregates: names(language.Aggregates.All),
    plugins: names(language.PlugIns.All),
    operatorKinds: [
      ...kinds.filter((kind) => /Operator$/.test(kind) && !noOperators.has(kind)),
      ...tableExpressions.filter((kind) => kinds.includes(kind)),
    ],
    statementKinds: kinds.filter((kind) => /Statement$/.test(kind) && kind !== 'ExpressionStatement'),
  };
}
