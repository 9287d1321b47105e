import { analyse } from './analyse';
import type { Compiled, CompileInput } from './compile-input';
import { createEnvironment } from './context';
import { createCompilation } from './create-context';
import { withDefinitions } from './definitions';
import { hasErrors, missesSplitColumn, throwDiagnostics } from './diagnostics';
import { withFindPack } from './find-pack';
import { withoutQualifiers } from './foreign-tables';
import { KqlError } from './kql-error';
import { type Globals, kindOf, listOf, type ParsedCode, part, type SyntaxNode, sourceText } from './kusto';
import { type NeededColumns, neededColumns } from './needed-columns';
import { createOpenColumns, type OpenColumns } from './open-columns';
import { checkSize } from './query-size';
import type { Relation } from './relation';
import { withSplitColumns } from './split-columns';
import { bindLet, bindOption } from './statements';
import { freshGlobalsFor, globalsFor, namedTexts } from './symbols';

/**
 * KQL to one DuckDB SELECT. Throws KqlError, placed in `input.text`, and AnswerNeeded where the data must be asked first:
 * compileInRounds does both.
 */
export function compile(input: CompileInput): Compiled {
  checkSize(input.text);
  if (/^\s*\./.test(input.text))
    throw new KqlError('refused', 'management commands are not allowed here', input.text.indexOf('.'));
  const code = analysed(input);
  throwDiagnostics(code, input);
  const open = createOpenColumns();
  const needed = neededColumns(code.Syntax, namedTexts(input));
  let refusal: KqlError | undefined;
  for (;;) {
    try {
      return compileOnce(code, input, open, needed);
    } catch (error) {
      if (!(error instanceof KqlError)) throw error;
      if (error.code === 'unknown-name' || refusal?.code === 'unknown-name') refusal = undefined;
      refusal ??= error;
      if (!open.learn()) throw refusal;
    }
  }
}

function compileOnce(code: ParsedCode, input: CompileInput, open: OpenColumns, needed: NeededColumns): Compiled {
  open.begin();
  const compilation = createCompilation(input, open, needed);
  const relation = compileStatements(code.Syntax, compilation);
  const { definitions, tables, notes, external, geo, render } = compilation;
  const select = relation.from.startsWith('(') ? relation.from.slice(1, -1) : `SELECT * FROM ${relation.from}`;
  return {
    sql: withDefinitions(select, definitions),
    columns: relation.columns.map(({ name, type }) => ({ name, type })),
    tables: [...tables],
    notes: [...notes],
    ...(external.length > 0 ? { external } : {}),
    ...(geo ? { geo } : {}),
    ...(render ? { render } : {}),
  };
}

let lastAnalysed: { text: string; globals: Globals; code: ParsedCode } | undefined;

/** The last text is kept: a compilation that asks questions comes again with the same. */
function analysed(input: CompileInput): ParsedCode {
  const globals = globalsFor(input, 'named');
  const { text } = input;
  if (lastAnalysed?.text === text && lastAnalysed.globals === globals) return lastAnalysed.code;
  const plain = withFindPack(withoutQualifiers(text));
  const quick = analyse(plain, globals);
  const code = hasErrors(quick) ? analysedWhole(plain, input) : quick;
  lastAnalysed = { text, globals, code };
  return code;
}

/** With every column there is, for what to say about an error. */
function analysedWhole(text: string, input: CompileInput): ParsedCode {
  const code = analyse(text, globalsFor(input));
  return (missesSplitColumn(code, text) && analysedWithSplitColumns(text, input)) || code;
}

function analysedWithSplitColumns(text: string, input: CompileInput): ParsedCode | undefined {
  const code = withSplitColumns(() => analyse(text, freshGlobalsFor(input)));
  return hasErrors(code) ? undefined : code;
}

function compileStatements(syntax: SyntaxNode, { context }: ReturnType<typeof createCompilation>): Relation {
  const env = createEnvironment();
  let result: Relation | undefined;
  let further = 0;
  for (const statement of listOf(syntax, 'Statements')) {
    if (result) {
      if (kindOf(statement) === 'ExpressionStatement') further++;
      continue;
    }
    switch (kindOf(statement)) {
      case 'LetStatement':
        bindLet(statement, env, context);
        break;
      case 'SetOptionStatement':
        bindOption(statement, env, context);
        break;
      case 'ExpressionStatement': {
        const expression = part(statement, 'Expression');
        result = context.isTabular(expression, env) ? context.tabular(expression, env) : undefined;
        if (!result) context.fail(expression, 'type', 'a query gives a table; write `print` before a single value');
        break;
      }
      default:
        context.fail(statement, 'unsupported', `\`${sourceText(statement).split(/\s/)[0]}\` is not supported`);
    }
  }
  if (further > 0) context.note(notRun(further));
  return result ?? context.fail(syntax, 'syntax', noQuery(syntax, context.input.text));
}

/** Kusto answers each query of a text with a table of its own; an answer here is one table. */
function notRun(further: number): string {
  const what = further === 1 ? 'one further query, which was' : `${further} further queries, which were`;
  return `The text holds ${what} not run: only the first is answered. Send them one by one.`;
}

function noQuery(syntax: SyntaxNode, source: string): string {
  const text = 'the text holds no query';
  const commented = source.includes('//');
  if (listOf(syntax, 'Statements').length === 0) return commented ? `${text}, only a comment (//)` : text;
  return `${text}, only let statements${commented ? '; is the query behind a comment (//)?' : ''}`;
}
