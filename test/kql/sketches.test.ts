import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

describe('hll', () => {
  it('counts the distinct values of merged groups once', async () => {
    expect(
      await kql.rows(`
        range x from 1 to 10 step 1
        | extend y = x + 5
        | summarize a = hll(x), b = hll_if(y, y > 8, 4)
        | project dcount_hll(a), dcount_hll(b), dcount_hll(hll_merge(a, b))`),
    ).toEqual([[10, 7, 15]]);
  });

  it('merges over rows, and over none', async () => {
    const groups = 'range x from 1 to 20 step 1 | extend name = strcat("n", x % 7) | summarize h = hll(name) by x % 3';
    expect(await kql.rows(`${groups} | summarize m = hll_merge(h) | project dcount_hll(m)`)).toEqual([[7]]);
    expect(await kql.rows('datatable(x: long)[] | summarize hll(x), tdigest(x)')).toEqual([[null, null]]);
  });

  it('knows an int and a long of one value as one', async () => {
    expect(
      await kql.rows(
        'print a = int(3), b = 3 | summarize h = hll(a), i = hll(b) | project dcount_hll(hll_merge(h, i))',
      ),
    ).toEqual([[1]]);
  });
});

describe('tdigest', () => {
  it('ranks exactly', async () => {
    expect(
      await kql.rows(`
        range x from 1 to 1000 step 1
        | summarize t = tdigest(x)
        | project rank_tdigest(t, 685), percentrank_tdigest(t, 685), percentile_tdigest(t, 85, typeof(long)),
            percentile_tdigest(t, 99.9), percentiles_array_tdigest(t, 0, 50, 100), percentiles_array_tdigest(t, dynamic([25, 75]))`),
    ).toEqual([[685, 68.5, 850, 999, [1, 500, 1000], [250, 750]]]);
  });

  it('merges groups and digests', async () => {
    const [row] = await kql.rows(`
      range x from 1 to 100 step 1
      | summarize t = tdigest(x * 0.5) by x % 3
      | summarize m = tdigest_merge(t), n = merge_tdigest(t)
      | project percentile_tdigest(m, 50), percentile_tdigest(n, 100), rank_tdigest(tdigest_merge(m, n), 10)`);
    expect(row).toEqual([25, 50, 40]);
  });

  it('weighs values, and holds dates', async () => {
    expect(
      await kql.rows(`
        datatable(v: long, w: long, at: datetime)[1, 1, datetime(2024-01-01), 5, 8, datetime(2024-01-03), 9, 1, datetime(2024-01-02)]
        | summarize t = tdigest(v, w), d = tdigest(at)
        | project percentile_tdigest(t, 20), rank_tdigest(t, 5), percentile_tdigest(d, 50, typeof(datetime)),
            percentile_tdigest(d, 100), rank_tdigest(d, datetime(2024-01-02))`),
    ).toEqual([[5, 9, '2024-01-02T00:00:00.0000000Z', '2024-01-03T00:00:00.0000000Z', 2]]);
  });

  it('names its results as Kusto does', async () => {
    const [row] = await kql.records(
      'range x from 1 to 3 step 1 | summarize t = tdigest(x), h = hll(x) | project percentile_tdigest(t, 50), tdigest_merge(t, t), hll_merge(h, h)',
    );
    expect(Object.keys(row ?? {})).toEqual(['percentile_tdigest_t', 'tdigests_merge_result', 'hll_merged_result']);
  });

  it('does not merge numbers with dates', async () => {
    await expect(
      kql.rows(
        'print a = 1, b = datetime(2024-01-01) | summarize t = tdigest(a), d = tdigest(b) | project tdigest_merge(t, d)',
      ),
    ).rejects.toThrow(/different types/);
  });
});

describe('bin_auto', () => {
  it('takes its step and its fixed point from set statements', async () => {
    expect(
      await kql.rows(`
        set query_bin_auto_size = 1h;
        set query_bin_auto_at = datetime(2017-01-01 00:05);
        range t from datetime(2017-01-01 00:05) to datetime(2017-01-01 02:00) step 1m
        | summarize count() by bin_auto(t)
        | order by t asc`),
    ).toEqual([
      ['2017-01-01T00:05:00.0000000Z', 60],
      ['2017-01-01T01:05:00.0000000Z', 56],
    ]);
  });

  it('says what is missing', () => {
    expect(kql.refusal('print bin_auto(5)').message).toMatch(/set query_bin_auto_size/);
  });
});

it('compresses what it can decompress', async () => {
  const text = 'powershell.exe -enc '.repeat(20);
  expect(
    await kql.rows(`
      print zlib_compress_to_base64_string('1234567890qwertyuiop'), gzip_compress_to_base64_string('1234567890qwertyuiop'),
        zlib_decompress_from_base64_string(zlib_compress_to_base64_string('${text}')) == '${text}',
        gzip_decompress_from_base64_string(gzip_compress_to_base64_string('${text}')) == '${text}'`),
  ).toEqual([
    [
      'eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==',
      'H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==',
      true,
      true,
    ],
  ]);
});

it('lists the time zones it knows', async () => {
  expect(
    await kql.rows(
      `print zones = datetime_list_timezones() | project array_length(zones) > 300, set_has_element(zones, 'Europe/Berlin')`,
    ),
  ).toEqual([[true, true]]);
});
