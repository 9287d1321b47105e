import type { Environment } from './context';
import { callArguments, callName } from './expressions/call-parts';
import { kindOf, kusto, listItems, part, type SyntaxNode, simpleName, tokenText } from './kusto';

interface Naming {
  kind: number;
  prefix: string | undefined;
}

const namings: { scalar?: Map<string, Naming>; aggregate?: Map<string, Naming> } = {};

/** How the language names the result of a function, by the parser's own tables. */
function namingOf(name: string, aggregates: boolean): Naming | undefined {
  const { Functions, Aggregates } = kusto().Language;
  const table = (list: typeof Functions.All) =>
    new Map(
      listItems(list).map((symbol) => [
        symbol.Name,
        { kind: symbol.ResultNameKind, prefix: symbol.ResultNamePrefix ?? undefined },
      ]),
    );
  namings.scalar ??= table(Functions.All);
  namings.aggregate ??= table(Aggregates.All);
  return (aggregates ? namings.aggregate.get(name) : undefined) ?? namings.scalar.get(name);
}

export interface NamingScope {
  env: Environment;
  aggregates: boolean;
  columnNames: ReadonlySet<string>;
}

/** The name a column takes from its expression, or undefined where the language gives `Column1`. */
export function resultName(node: SyntaxNode, scope: NamingScope): string | undefined {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
    case 'OrderedExpression':
      return resultName(part(node, 'Expression'), scope);
    case 'NameReference':
      return simpleName(node);
    case 'SimpleNamedExpression':
      return simpleName(part(node, 'Name'));
    case 'BracketedExpression': {
      const inner = part(node, 'Expression');
      return /^(String|Long|Int)LiteralExpression$/.test(kindOf(inner)) ? tokenText(part(inner, 'Token')) : undefined;
    }
    case 'PathExpression':
    case 'ElementExpression': {
      const base = part(node, 'Expression');
      const left =
        kindOf(base) === 'NameReference' && simpleName(base).startsWith('$') ? undefined : resultName(base, scope);
      const right = resultName(part(node, 'Selector'), scope);
      return left?.trim() ? `${left}_${right ?? ''}` : right;
    }
    case 'FunctionCallExpression':
      return callResultName(node, scope);
    default:
      return undefined;
  }
}

/** See ResultNameKind: 1–2 name and argument, 3–4 prefix and argument, 5 the argument's text if a column, 6 prefix, 7–8 argument. */
function callResultName(node: SyntaxNode, scope: NamingScope): string | undefined {
  const name = callName(node);
  if (scope.env.get(name)) return undefined;
  const naming = namingOf(name, scope.aggregates);
  if (!naming) return undefined;
  const args = callArguments(node);
  const [first] = args;
  const prefix = naming.kind === 1 || naming.kind === 2 ? name : naming.prefix;
  switch (naming.kind) {
    case 1:
    case 3:
      if (!first) return prefix === undefined ? undefined : `${prefix}_`;
      return withPrefix(prefix, resultName(first, scope));
    case 2:
    case 4:
      return args.length === 1 && first ? withPrefix(prefix, resultName(first, scope)) : undefined;
    case 5: {
      const literal =
        first && kindOf(first) === 'StringLiteralExpression' ? tokenText(part(first, 'Token')) : undefined;
      return literal !== undefined && scope.columnNames.has(literal) ? literal : undefined;
    }
    case 6:
      return prefix;
    case 7:
      return first && resultName(first, scope);
    case 8:
      return args.length === 1 && first ? resultName(first, scope) : undefined;
    default:
      return undefined;
  }
}

function withPrefix(prefix: string | undefined, name: string | undefined): string | undefined {
  return prefix === undefined ? name : `${prefix}_${name ?? ''}`;
}
