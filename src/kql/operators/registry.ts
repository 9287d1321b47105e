import { as } from './as';
import { assertSchema } from './assert-schema';
import { count } from './count';
import { datatable } from './datatable';
import type { Operator, Source } from './define-operator';
import { distinct } from './distinct';
import { evaluate } from './evaluate';
import { extend } from './extend';
import { externalData } from './external-data';
import { findSource } from './find';
import { getschema } from './getschema';
import { graphMarkComponents } from './graph-mark-components';
import { graphMatch, graphShortestPaths } from './graph-match';
import { graphToTable } from './graph-to-table';
import { invoke } from './invoke';
import { join } from './join';
import { lookup } from './lookup';
import { makeGraph } from './make-graph';
import { makeSeries } from './make-series';
import { mvApply } from './mv-apply';
import { mvExpand } from './mv-expand';
import { parse, parseWhere } from './parse';
import { parseKv } from './parse-kv';
import { partition, partitionQuery } from './partition';
import { print } from './print';
import { project } from './project';
import { projectAway } from './project-away';
import { projectByNames } from './project-by-names';
import { projectKeep } from './project-keep';
import { projectRename } from './project-rename';
import { projectReorder } from './project-reorder';
import { range } from './range';
import { render } from './render';
import { sample, sampleDistinct } from './sample';
import { scan } from './scan';
import { search, searchSource } from './search';
import { serialize } from './serialize';
import { sort } from './sort';
import { summarize } from './summarize';
import { take } from './take';
import { top } from './top';
import { topHitters } from './top-hitters';
import { topNested } from './top-nested';
import { union, unionSource } from './union';
import { where } from './where';

/** Every operator that can stand behind a pipe, by the parser's kind. */
export const operators: ReadonlyMap<string, Operator> = byKind([
  evaluate,
  topNested,
  makeSeries,
  parseKv,
  partition,
  partitionQuery,
  projectByNames,
  search,
  as,
  count,
  distinct,
  extend,
  getschema,
  graphMarkComponents,
  graphMatch,
  graphShortestPaths,
  graphToTable,
  invoke,
  join,
  lookup,
  makeGraph,
  mvApply,
  mvExpand,
  parse,
  parseWhere,
  project,
  projectAway,
  projectKeep,
  projectRename,
  projectReorder,
  render,
  sample,
  sampleDistinct,
  scan,
  serialize,
  sort,
  summarize,
  take,
  top,
  topHitters,
  assertSchema,
  union,
  where,
]);

/** Every operator that can stand first, by the parser's kind. */
export const sources: ReadonlyMap<string, Source> = byKind([
  datatable,
  externalData,
  findSource,
  print,
  range,
  searchSource,
  unionSource,
]);

function byKind<T extends { kind: string }>(declarations: T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const declaration of declarations) {
    if (found.has(declaration.kind)) throw new Error(`${declaration.kind} is declared twice`);
    found.set(declaration.kind, declaration);
  }
  return found;
}
