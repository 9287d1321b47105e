import type { QueryErrorCode } from '../../ports/query-engine';
import { type AggregateFunction, defineAggregate, defineScalar, type ScalarFunction } from './define-function';

/** Functions of the language that are refused by name, with what to write instead where there is something. */
function refuse(names: string[], message: string, code: QueryErrorCode = 'unsupported'): ScalarFunction[] {
  return names.map((name) =>
    defineScalar({
      name,
      arity: [0, 999],
      difference: message,
      compile: (_args, call) => call.fail(code, `${name}() ${message}`),
      compileColumns: (_args, call) => call.fail(code, `${name}() ${message}`),
    }),
  );
}

function refuseAggregates(names: string[], message: string): AggregateFunction[] {
  return names.map((name) =>
    defineAggregate({
      name,
      arity: [0, 999],
      difference: message,
      compile: (_args, call) => call.fail('unsupported', `${name}() ${message}`),
    }),
  );
}

const geospatial = [
  'geo_from_wkt',
  'geo_closest_point_on_polygon',
  'geo_intersects_2lines',
  'geo_intersects_line_with_polygon',
  'geo_intersects_2polygons',
  'geo_intersection_2lines',
  'geo_intersection_line_with_polygon',
  'geo_intersection_2polygons',
  'geo_union_polygons_array',
  'geo_simplify_polygons_array',
  'geo_union_lines_array',
  'geo_polygon_to_h3cells',
  'geo_polygon_to_s2cells',
  'geo_polygon_densify',
  'geo_polygon_buffer',
  'geo_polygon_centroid',
  'geo_polygon_simplify',
  'geo_line_buffer',
  'geo_line_centroid',
  'geo_line_densify',
  'geo_line_simplify',
  'geo_line_locate_point',
  'geo_line_to_s2cells',
  'geo_point_buffer',
  'geo_point_to_s2cell',
  'geo_s2cell_to_central_point',
  'geo_s2cell_to_polygon',
  'geo_s2cell_neighbors',
  'geo_point_to_h3cell',
  'geo_h3cell_to_central_point',
  'geo_h3cell_to_polygon',
  'geo_h3cell_neighbors',
  'geo_h3cell_children',
  'geo_h3cell_parent',
  'geo_h3cell_rings',
  'geo_h3cell_level',
];

export const refusedFunctions: ScalarFunction[] = [
  ...refuse(
    geospatial,
    'is not supported: of the geospatial functions, distances, angles, circles, points in polygons and geohashes are',
  ),
  ...refuse(['hash_combine', 'hash_many'], 'is not supported: how Kusto combines hashes is not published'),
  ...refuse(
    [
      'current_cluster_endpoint',
      'current_database',
      'current_principal',
      'current_principal_details',
      'current_principal_is_member_of',
      'current_node_id',
    ],
    'has no meaning here: there is no Kusto cluster behind these logs',
    'refused',
  ),
  ...refuse(
    [
      'extent_id',
      'extentid',
      'extent_tags',
      'row_id',
      'cursor_after',
      'cursor_before_or_at',
      'cursor_current',
      'current_cursor',
      'rowstore_ordinal_range',
    ],
    'has no meaning here: the logs are not stored in Kusto extents',
    'refused',
  ),
  ...refuse(['hll_isvalid', 'tdigest_isvalid'], 'is not supported: it is not documented'),
  ...refuse(['estimate_data_size'], 'has no meaning here: sizes are not those of Kusto'),
];

export const refusedAggregates: AggregateFunction[] = [...refuseAggregates(['passthrough'], 'is not supported')];
