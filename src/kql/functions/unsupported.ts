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

export const refusedFunctions: ScalarFunction[] = [
  ...refuse(['parse_user_agent'], 'is not supported: it needs a database of user agents'),
  ...refuse(['geo_info_from_ip_address'], 'is not supported: it needs a geolocation database'),
  ...refuse(['hash_combine', 'hash_many'], 'is not supported: how Kusto combines hashes is not published'),
  ...refuse(
    [
      'hll_merge',
      'hll_isvalid',
      'dcount_hll',
      'tdigest_merge',
      'merge_tdigest',
      'tdigest_isvalid',
      'percentile_tdigest',
      'percentiles_array_tdigest',
      'percentrank_tdigest',
      'rank_tdigest',
    ],
    'is not supported: use dcount() or percentile() over the rows',
  ),
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
  ...refuse(['estimate_data_size'], 'has no meaning here: sizes are not those of Kusto'),
  ...refuse(['bin_auto'], 'is not supported: write bin() with its step'),
  ...refuse(['datetime_list_timezones'], 'is not supported'),
  ...refuse(
    [
      'zlib_compress_to_base64_string',
      'zlib_decompress_from_base64_string',
      'gzip_compress_to_base64_string',
      'gzip_decompress_from_base64_string',
    ],
    'is not supported',
  ),
];

export const refusedAggregates: AggregateFunction[] = [
  ...refuseAggregates(['hll', 'hll_if', 'hll_merge'], 'is not supported: use dcount() over the rows'),
  ...refuseAggregates(
    ['tdigest', 'tdigest_merge', 'merge_tdigest'],
    'is not supported: use percentile() over the rows',
  ),
  ...refuseAggregates(['passthrough'], 'is not supported'),
];
