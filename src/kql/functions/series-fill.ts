import type { Expr } from '../expr';
import { toJson } from './convert';
import { defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { numberOf, printSeries, realText, seriesTexts } from './series';

type Fill = (texts: string[], isMissing: (text: string) => boolean, extra: string[]) => string[];

function forward(texts: string[], isMissing: (text: string) => boolean): string[] {
  let last: string | undefined;
  return texts.map((text) => {
    if (!isMissing(text)) last = text;
    return isMissing(text) ? (last ?? text) : text;
  });
}

const constant: Fill = (texts, isMissing, [value = '0']) => texts.map((text) => (isMissing(text) ? value : text));

/** Straight lines between the neighbours that are there; the ends as their neighbour, or as they are. */
const linear: Fill = (texts, isMissing, [fillEdges = 'true', value = '0']) => {
  const known = texts.flatMap((text, index) => (isMissing(text) ? [] : [index]));
  if (known.length === 0) return texts.map(() => value);
  return texts.map((text, index) => {
    if (!isMissing(text)) return text;
    const before = known.findLast((at) => at < index);
    const after = known.find((at) => at > index);
    if (before === undefined || after === undefined)
      return fillEdges === 'true' ? (texts[before ?? after ?? index] ?? text) : text;
    const [from, to] = [numberOf(texts[before] ?? ''), numberOf(texts[after] ?? '')];
    if (from === null || to === null) return text;
    return realText(from + ((to - from) * (index - before)) / (after - before));
  });
};

/** `placeholder` is the argument's place that says what counts as missing: null, NaN and infinities where it is absent. */
function fill(name: string, most: number, placeholder: number, run: Fill): ScalarFunction {
  const script: ScriptFunction = {
    name: `kql_${name}`,
    parameters: ['VARCHAR', 'VARCHAR'],
    returns: 'VARCHAR',
    run(series, rest) {
      const texts = seriesTexts(series);
      const extra = seriesTexts(rest) ?? [];
      if (!texts) return null;
      const [missing = 'null'] = extra.splice(placeholder - 1, 1);
      const isMissing = (text: string) =>
        missing === 'null' ? !Number.isFinite(numberOf(text) ?? Number.NaN) : numberOf(text) === numberOf(missing);
      return printSeries(run(texts, isMissing, extra));
    },
  };
  return defineScalar({
    name,
    arity: [1, most],
    scripts: [script],
    compile([series, ...rest]: Expr[], call) {
      if (!series) return call.fail('type', `${name} needs a series`);
      return {
        sql: `${script.name}((${toJson(series)})::VARCHAR, json_array(${rest.map(toJson).join(', ')})::VARCHAR)::JSON`,
        type: 'dynamic',
      };
    },
  });
}

export const seriesFillFunctions: ScalarFunction[] = [
  fill('series_fill_const', 3, 2, constant),
  fill('series_fill_forward', 2, 1, forward),
  fill('series_fill_backward', 2, 1, (texts, isMissing) => forward(texts.toReversed(), isMissing).toReversed()),
  fill('series_fill_linear', 4, 1, linear),
];
