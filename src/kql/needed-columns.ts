import type { Column } from '../ports/query-engine';
import type { TableSchema } from './compile-input';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName } from './kusto';

/** Which columns of the base tables a query can tell apart; the others need not be read. */
export interface NeededColumns {
  /** The columns of the table that stands at `place`, without those that no later step and no answer has. Never none. */
  of(table: TableSchema, place: SyntaxNode | undefined): Column[];
}

/** Steps whose answer has the columns that they name, and no others. */
const closing = new Set([
  'ProjectOperator',
  'CountOperator',
  'DistinctOperator',
  'SummarizeOperator',
  'MakeSeriesOperator',
  'TopNestedOperator',
  'SampleDistinctOperator',
]);

/** Steps that hand columns on which they do not name, and do nothing else with them. */
const passing = new Set([
  'FilterOperator',
  'ExtendOperator',
  'SortOperator',
  'TakeOperator',
  'TopOperator',
  'SampleOperator',
  'SerializeOperator',
  'ProjectAwayOperator',
  'ProjectRenameOperator',
  'ProjectReorderOperator',
  'MvExpandOperator',
  'MvApplyOperator',
  'ParseOperator',
  'ParseWhereOperator',
  'ParseKvOperator',
  'JoinOperator',
  'LookupOperator',
  'UnionOperator',
  'RenderOperator',
  'AsOperator',
]);

const onlyLeft = /^(left(semi|anti|antisemi)|anti)$/i;
const onlyRight = /^right(semi|anti|antisemi)$/i;

/**
 * Walks backwards from the answer: a table is narrow where every way from it to the answer leads through a step that names the
 * columns it keeps, and no step before that takes all there are. Of a narrow table the columns are needed that any word of
 * the query could mean; `words` are the texts to look in, the query's and those of the stored functions that it calls.
 */
export function neededColumns(syntax: SyntaxNode, words: string[]): NeededColumns {
  const isNamed = namedColumns(words);
  const narrow = narrowTables(syntax);
  const drops = words.some((text) => text.includes('project-away'));
  return {
    of({ columns }, place) {
      if (place === undefined || !narrow.has(place)) return columns;
      const unused = columns.filter(({ name }) => !isNamed(name));
      // Where a step drops columns one more stays, so that it does not drop the last.
      const spare =
        drops || unused.length === columns.length
          ? (unused.find(({ name }) => name === 'TimeGenerated') ?? unused[0])
          : undefined;
      const left = new Set(unused.filter((column) => column !== spare));
      return columns.filter((column) => !left.has(column));
    },
  };
}

/** Whether a word of the texts could mean a column: its name, or one that a union or a join makes of it. */
export function namedColumns(texts: string[]): (column: string) => boolean {
  if (texts.some(namesAreMade)) return () => true;
  const families = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []).map(family));
  return (column) => !/^\w+$/.test(column) || families.has(family(column));
}

/** Escapes in names, and names of columns that are computed, cannot be found by looking for words. */
function namesAreMade(text: string): boolean {
  return /\\[xuU0-7]/.test(text) || /\bcolumns?_?ifexists\s*\(\s*(?!["'@])/i.test(text);
}

/** A union may call x `x_long1` and a join `x2`: columns that take each other's numbers and types stay or go together. */
function family(name: string): string {
  return name.replace(/\d+$/, '').replace(/_(bool|int|long|real|decimal|string|datetime|timespan|guid|dynamic)$/, '');
}

function narrowTables(syntax: SyntaxNode): Set<SyntaxNode> {
  /** Names of tables that some reference needs whole. */
  const whole = new Set<string>();
  for (;;) {
    const before = whole.size;
    const found = new Set<SyntaxNode>();
    for (const statement of listOf(syntax, 'Statements').reverse()) walkStatement(statement, { whole, found });
    if (whole.size === before) return found;
  }
}

interface Walk {
  whole: Set<string>;
  found: Set<SyntaxNode>;
}

/** What stands for any name: a wildcard reaches every view. */
const anyName = '*';

function isWhole(name: string, walk: Walk): boolean {
  return walk.whole.has(name) || walk.whole.has(anyName);
}

function walkStatement(statement: SyntaxNode, walk: Walk): void {
  switch (kindOf(statement)) {
    case 'LetStatement':
      walkLet(statement, walk);
      break;
    case 'ExpressionStatement':
      walkTable(part(statement, 'Expression'), false, walk);
      break;
    default:
      walkRest(statement, walk);
  }
}

function walkLet(statement: SyntaxNode, walk: Walk): void {
  const value = part(statement, 'Expression');
  const narrow = !isWhole(simpleName(part(statement, 'Name')), walk);
  if (kindOf(value) !== 'FunctionDeclaration') {
    walkTable(value, narrow, walk);
    return;
  }
  const body = part(value, 'Body');
  const result = optionalPart(body, 'Expression');
  if (result) walkTable(result, narrow, walk);
  for (const inner of listOf(body, 'Statements').reverse()) walkStatement(inner, walk);
}

/** `narrow`: what comes behind needs none but named columns of this table. */
function walkTable(node: SyntaxNode, narrow: boolean, walk: Walk): void {
  switch (kindOf(node)) {
    case 'PipeExpression':
      walkPipe(node, narrow, walk);
      break;
    case 'ParenthesizedExpression':
    case 'DataScopeExpression':
    case 'MaterializeExpression':
      walkTable(part(node, 'Expression'), narrow, walk);
      break;
    case 'NameReference':
      if (narrow) walk.found.add(node);
      else walk.whole.add(nameOf(node));
      break;
    case 'FunctionCallExpression':
      if (!narrow) walk.whole.add(simpleName(part(node, 'Name')));
      walkRest(part(node, 'ArgumentList'), walk);
      break;
    case 'UnionOperator':
      walkLegs(node, narrow, walk);
      break;
    case 'SearchOperator': {
      const clause = optionalPart(node, 'InClause');
      if (narrow) walk.found.add(node);
      else if (!clause) walk.whole.add(anyName);
      for (const leg of clause ? listOf(clause, 'Expressions') : []) walkTable(leg, false, walk);
      walkRest(part(node, 'Condition'), walk);
      break;
    }
    default:
      walkRest(node, walk);
  }
}

function nameOf(reference: SyntaxNode): string {
  return /Wildcarded/.test(kindOf(part(reference, 'Name'))) ? anyName : simpleName(reference);
}

/** What all tables have in common depends on every column of each. */
function walkLegs(union: SyntaxNode, narrow: boolean, walk: Walk): boolean {
  const flow = narrow && parameterText(union, 'kind')?.toLowerCase() !== 'inner';
  for (const leg of listOf(union, 'Expressions')) walkTable(leg, flow, walk);
  return flow;
}

function walkPipe(node: SyntaxNode, narrow: boolean, walk: Walk): void {
  let flow = narrow;
  let rest = node;
  while (kindOf(rest) === 'PipeExpression') {
    flow = walkStep(part(rest, 'Operator'), flow, walk);
    rest = part(rest, 'Expression');
  }
  walkTable(rest, flow, walk);
}

/** Whether the table before the step is narrow, if the one behind it is `narrow` or not. */
function walkStep(step: SyntaxNode, narrow: boolean, walk: Walk): boolean {
  const kind = kindOf(step);
  switch (kind) {
    case 'UnionOperator':
      return walkLegs(step, narrow, walk);
    case 'JoinOperator':
    case 'LookupOperator': {
      const joined = parameterText(step, 'kind') ?? '';
      walkTable(part(step, 'Expression'), narrow || onlyLeft.test(joined), walk);
      return narrow || onlyRight.test(joined);
    }
    case 'AsOperator':
      return narrow && !isWhole(simpleName(part(step, 'Name')), walk);
  }
  walkRest(step, walk);
  if (!closing.has(kind) && !passing.has(kind)) return false;
  const takesAll = kind !== 'ProjectReorderOperator' && hasStar(step);
  if (kind === 'SummarizeOperator' && takesAll) return narrow && !callsForAll(step);
  return !takesAll && (narrow || closing.has(kind));
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let i = 0; i < node.ChildCount; i++) {
    const child = node.GetChild(i);
    if (child) found.push(child);
  }
  return found;
}

function hasStar(node: SyntaxNode): boolean {
  const open = [node];
  for (let one = open.pop(); one; one = open.pop()) {
    const kind = kindOf(one);
    if (kind === 'StarExpression' || /Wildcarded/.test(kind)) return true;
    if (kind === 'FunctionCallExpression' && takesAllColumns(one)) return true;
    open.push(...children(one));
  }
  return false;
}

/** Whether a step calls for the values of all columns, not only hands them on as `arg_max(x, *)` does. */
function callsForAll(step: SyntaxNode): boolean {
  const open = [step];
  for (let one = open.pop(); one; one = open.pop()) {
    if (kindOf(one) === 'FunctionCallExpression') {
      if (takesAllColumns(one)) return true;
      if (/^(arg_max|arg_min|take_any|any)$/.test(simpleName(part(one, 'Name')))) continue;
    }
    if (kindOf(one) === 'StarExpression') return true;
    open.push(...children(one));
  }
  return false;
}

function takesAllColumns(call: SyntaxNode): boolean {
  return /^pack_all$|^schema/.test(simpleName(part(call, 'Name')));
}

/** Tables inside expressions and in steps that are not known here: their own pipes count, what comes behind needs all. */
function walkRest(node: SyntaxNode, walk: Walk): void {
  const open = [node];
  for (let one = open.pop(); one; one = open.pop()) {
    switch (kindOf(one)) {
      case 'PipeExpression':
      case 'MaterializeExpression':
      case 'UnionOperator':
      case 'SearchOperator':
        if (one !== node || kindOf(one) === 'PipeExpression') {
          walkTable(one, false, walk);
          continue;
        }
        break;
      case 'NameReference':
        walk.whole.add(nameOf(one));
        continue;
      case 'LetStatement':
        walkStatement(one, walk);
        continue;
    }
    open.push(...children(one));
  }
}
