/** Functions of DuckDB that the compiler writes: each computes from its arguments alone, and reads nothing. */
export const allowedFunctions: ReadonlySet<string> = new Set(
  `->> -> ! !__between !~~ !~~* % & && * ** + - / // << <@ >> @> ^@ | || ~ ~~ ~~* ~~~
  abs acos any_value approx_count_distinct arg_max arg_max_null arg_min arg_min_null array_agg array_slice array_to_string
  array_value asin atan atan2 avg bin bit_and bit_count bit_or bit_xor bool_and bool_or cardinality ceil chr coalesce concat
  concat_ws contains corr cos cot count count_star covar_pop covar_samp cume_dist date_add date_diff date_part date_sub
  date_trunc day dayofweek dayofyear decode degrees dense_rank element_at ends_with encode epoch epoch_ms epoch_ns epoch_us
  error even exp extract first first_value flatten floor format from_base64 from_hex gamma generate_series
  gen_random_uuid greatest hash hex hour if ifnull instr isfinite isinf isnan isodow isoyear json json_array json_array_length
  json_contains json_exists json_extract json_extract_path json_extract_string json_group_array json_keys json_object
  json_quote json_structure json_type json_valid json_value lag last last_day last_value lcase lead least left len length
  lgamma list list_aggregate list_any_value list_apply list_concat list_contains list_count list_distinct list_element
  list_extract list_filter list_first list_has_all list_has_any list_last list_max list_min list_position list_prepend list_append list_reduce
  list_reverse list_reverse_sort list_select list_slice list_sort list_sum list_transform list_unique list_value list_zip
  list_avg list_stddev_pop list_stddev_samp list_var_samp list_resize list_grade_up list_where
  ln log log10 log2 lower lpad ltrim make_date make_time make_timestamp map map_entries map_extract map_from_entries
  map_keys map_values max max_by md5 median microsecond millisecond min min_by minute mod mode month nextafter nfc_normalize now
  nth_value ntile nullif octet_length ord parse_path percent_rank pg_timezone_names pi pow power quantile quantile_cont quantile_disc quarter
  radians random range rank regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches
  regexp_replace regexp_split_to_array repeat replace reverse right round round_even row row_number rpad rtrim second
  sha1 sha256 sign sin split split_part sqrt starts_with stddev stddev_pop stddev_samp strftime string_agg strip_accents
  string_split strlen strpos strptime struct_extract struct_insert struct_pack substr substring suffix prefix sum tan timezone to_base to_base64
  to_binary to_days to_hex to_json to_microseconds to_milliseconds to_seconds to_timestamp translate trim trunc try_cast
  try_strptime ucase unhex unicode union_value unnest unpivot_list upper url_decode url_encode uuid var_pop var_samp
  variance week weekofyear xor year yearweek list_cosine_similarity list_inner_product histogram entropy`.split(/\s+/),
);

/** What it reads besides tables: numbers in a row, and the elements of a list. */
export const allowedTableFunctions: ReadonlySet<string> = new Set([
  'range',
  'unnest',
  'generate_series',
  'json_each',
  'pg_timezone_names',
]);
