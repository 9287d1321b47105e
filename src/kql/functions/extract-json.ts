import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantText } from './literal';
import { quoteText } from './quote-text';
import { parseJsonPath } from './raw-json';
import { typeArgument } from './regex';

/** A JSONPath of names and indexes as DuckDB writes it, every name quoted. */
function duckPath(path: string, call: CallSite): string {
  const dotted = path.replace(/^\$?(?=\w)/, '$.');
  if (dotted !== path) call.note(`The path "${path}" is read as "${dotted}".`);
  const steps = parseJsonPath(dotted);
  if (!steps || steps.some((step) => typeof step === 'string' && /["\\]/.test(step))) {
    return call.fail(
      'unsupported',
      `the path "${path}" is not supported: names and indexes only, as in $.a['b c'][0]`,
      0,
    );
  }
  return `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`)).join('')}`;
}

function compileExtract([path, text, type]: Expr[], call: CallSite): Expr {
  if (!path || !text) return call.fail('type', 'a path and a text are needed');
  const known = constantText(path);
  if (known === undefined) return call.fail('unsupported', 'the path must be a plain text', 0);
  const json = toText(text);
  const wanted = typeArgument(type, call, 2);
  const sqlPath = quoteText(duckPath(known, call));
  if (wanted === 'dynamic') {
    return {
      sql: `(CASE WHEN json_valid(${json}) THEN nullif(json_extract(${json}, ${sqlPath}), 'null'::JSON) END)`,
      type: 'dynamic',
    };
  }
  const found: Expr = {
    sql: `coalesce(CASE WHEN json_valid(${json}) THEN json_extract_string(${json}, ${sqlPath}) END, '')`,
    type: 'string',
  };
  return convert(found, wanted);
}

export const extractJsonFunctions: ScalarFunction[] = ['extractjson', 'extract_json'].map((name) =>
  defineScalar({ name, arity: [2, 3], compile: compileExtract }),
);
