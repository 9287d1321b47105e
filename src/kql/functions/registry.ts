import { argMaxAggregates } from './arg-max';
import { arraySortFunctions } from './array-sort';
import { bagEditFunctions } from './bag-edit';
import { binFunctions } from './bin';
import { binaryFunctions } from './binary';
import { schemaAggregates } from './build-schema';
import { clockFunctions } from './clock';
import { conditionalFunctions } from './conditional';
import { conversionFunctions } from './conversion';
import { countAggregates } from './count';
import { formatFunctions } from './datetime-format';
import { datetimeMake } from './datetime-make';
import { datetimeMath } from './datetime-math';
import { datetimeParts } from './datetime-parts';
import type { AggregateFunction, ScalarFunction } from './define-function';
import { arrayFunctions } from './dynamic-array';
import { bagFunctions } from './dynamic-bag';
import { setFunctions } from './dynamic-set';
import { encodingFunctions } from './encoding';
import { extractJsonFunctions } from './extract-json';
import { pathFunctions } from './file-path';
import { formatBytesFunctions } from './format-bytes';
import { geoHashFunctions } from './geo-hash';
import { geoInfoFunctions } from './geo-info';
import { geoPointFunctions } from './geo-point';
import { geoShapeFunctions } from './geo-shape';
import { hasIpv4Functions } from './has-ipv4';
import { hashFunctions } from './hash';
import { hllAggregates, hllFunctions } from './hll';
import { ipv4Functions } from './ipv4';
import { ipv6Functions } from './ipv6';
import { collectionAggregates } from './make-set';
import { mathFunctions } from './math';
import { minMaxAggregates } from './min-max';
import { nullTests } from './null-test';
import { xmlFunctions } from './parse-xml';
import { percentileAggregates } from './percentile';
import { punycodeFunctions } from './punycode';
import { regexFunctions } from './regex';
import { windowFunctions } from './row-window';
import { sessionFunctions } from './row-window-session';
import { decomposeFunctions } from './series-decompose';
import { seriesFillFunctions } from './series-fill';
import { fitTwoLinesFunctions } from './series-fit-2lines';
import { fitLineFunctions } from './series-fit-line';
import { fitPolyFunctions } from './series-fit-poly';
import { fourierFunctions } from './series-fourier';
import { seriesMathFunctions } from './series-math';
import { outlierFunctions } from './series-outliers';
import { periodFunctions } from './series-periods';
import { seriesStatsFunctions } from './series-stats';
import { specialMathFunctions } from './special-math';
import { statisticsAggregates } from './statistics';
import { searchFunctions } from './string-search';
import { splitFunctions } from './string-split';
import { textFunctions } from './string-text';
import { sumAggregates } from './sum';
import { tdigestAggregates, tdigestFunctions } from './tdigest';
import { unitFunctions } from './unit-convert';
import { refusedAggregates, refusedFunctions } from './unsupported';
import { urlFunctions } from './url';
import { userAgentFunctions } from './user-agent';
import { wholeRowFunctions } from './whole-row';

const scalars: ScalarFunction[] = [
  ...conversionFunctions,
  ...conditionalFunctions,
  ...nullTests,
  ...regexFunctions,
  ...textFunctions,
  ...searchFunctions,
  ...splitFunctions,
  ...arrayFunctions,
  ...arraySortFunctions,
  ...setFunctions,
  ...bagFunctions,
  ...bagEditFunctions,
  ...clockFunctions,
  ...datetimeParts,
  ...datetimeMath,
  ...formatFunctions,
  ...datetimeMake,
  ...binFunctions,
  ...mathFunctions,
  ...binaryFunctions,
  ...hashFunctions,
  ...ipv4Functions,
  ...ipv6Functions,
  ...hasIpv4Functions,
  ...geoInfoFunctions,
  ...userAgentFunctions,
  ...urlFunctions,
  ...pathFunctions,
  ...xmlFunctions,
  ...punycodeFunctions,
  ...specialMathFunctions,
  ...unitFunctions,
  ...encodingFunctions,
  ...extractJsonFunctions,
  ...windowFunctions,
  ...sessionFunctions,
  ...wholeRowFunctions,
  ...formatBytesFunctions,
  ...seriesMathFunctions,
  ...seriesFillFunctions,
  ...seriesStatsFunctions,
  ...fitLineFunctions,
  ...fitTwoLinesFunctions,
  ...fitPolyFunctions,
  ...fourierFunctions,
  ...outlierFunctions,
  ...periodFunctions,
  ...decomposeFunctions,
  ...hllFunctions,
  ...tdigestFunctions,
  ...geoPointFunctions,
  ...geoShapeFunctions,
  ...geoHashFunctions,
  ...refusedFunctions,
];

const aggregates: AggregateFunction[] = [
  ...countAggregates,
  ...sumAggregates,
  ...minMaxAggregates,
  ...collectionAggregates,
  ...argMaxAggregates,
  ...statisticsAggregates,
  ...percentileAggregates,
  ...schemaAggregates,
  ...hllAggregates,
  ...tdigestAggregates,
  ...refusedAggregates,
];

/** Every scalar function of the language, by its name in Kusto. */
export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = byName(scalars);

/** Every aggregate function of the language, by its name in Kusto. */
export const aggregateFunctions: ReadonlyMap<string, AggregateFunction> = byName(aggregates);

function byName<T extends { name: string }>(declarations: T[]): ReadonlyMap<string, T> {
  const functions = new Map<string, T>();
  for (const declaration of declarations) {
    if (functions.has(declaration.name)) throw new Error(`${declaration.name} is declared twice`);
    functions.set(declaration.name, declaration);
  }
  return functions;
}
