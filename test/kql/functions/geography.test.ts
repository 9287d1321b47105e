import { type Kql, openKql } from '../run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

async function value(expression: string): Promise<unknown> {
  return (await kql.rows(`print v = ${expression}`))[0]?.[0];
}

const line = (...points: string[]) =>
  `dynamic({"type":"LineString","coordinates":[${points.map((one) => `[${one}]`).join(',')}]})`;
const ring = (...points: string[]) => `[${[...points, points[0]].map((one) => `[${one}]`).join(',')}]`;
const polygon = (...rings: string[]) => `dynamic({"type":"Polygon","coordinates":[${rings.join(',')}]})`;

describe('figures that Kusto’s documentation gives', () => {
  it.each([
    ['geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056)', 1546754.35197381],
    ['geo_azimuth(5, 10, 10, -40)', 3.05459939796449],
    ['geo_angle(0, 10, 0, 5, 3, -10)', 2.94493843406882],
    [
      `geo_line_length(${line('-73.95807266235352,40.800426144169315', '-73.94966125488281,40.79691751000055', '-73.97317886352539,40.764486356930334')})`,
      4922.48016992081,
    ],
    [
      `geo_polygon_area(${polygon(ring('-73.9495,40.7969', '-73.95807266235352,40.80068603561921', '-73.98201942443848,40.76825672305777', '-73.97317886352539,40.76455136505513'))})`,
      3475207.28346606,
    ],
    [
      `geo_distance_point_to_line(-115.199625, 36.210419, ${line('-115.183289,36.175007', '-115.192612,36.176736', '-115.202485,36.173439')})`,
      3797.88887253334,
    ],
  ])('%s', async (expression, figure) => {
    expect(Math.abs(Number(await value(expression)) / figure - 1)).toBeLessThan(1e-9);
  });

  it.each([
    ['geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)', true],
    ['geo_point_in_circle(-122.137575, 47.630683, -122.100896, 47.527351, 3500)', false],
    ['geo_point_to_geohash(139.806115, 35.554128, 12)', 'xn76m27ty9g4'],
    ['geo_point_to_geohash(-80.195829, 25.802215, 8)', 'dhwfz15h'],
    ['geo_geohash_to_central_point("sunny")', { type: 'Point', coordinates: [42.47314453125, 23.70849609375] }],
    ['geo_geohash_neighbors("sunny")', ['sunnt', 'sunpj', 'sunnx', 'sunpn', 'sunnv', 'sunpp', 'sunnz', 'sunnw']],
    [
      'geo_geohash_to_polygon("dr5ru").coordinates[0]',
      [
        [-74.00390625, 40.7373046875],
        [-73.9599609375, 40.7373046875],
        [-73.9599609375, 40.78125],
        [-74.00390625, 40.78125],
        [-74.00390625, 40.7373046875],
      ],
    ],
    [
      `geo_closest_point_on_line(-115.199625, 36.210419, ${line('-115.183289,36.175007', '-115.192612,36.176736', '-115.202485,36.173439')}).coordinates`,
      [-115.192612, 36.176736],
    ],
  ])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('places that are none', () => {
  it.each([
    'geo_distance_2points(300, 1, 1, 1)',
    'geo_distance_2points(real(null), 1, 1, 1)',
    'geo_point_in_circle(200, 1, 1, 1, 1)',
    'geo_point_in_circle(1, 1, 1, 1, -1)',
    'geo_azimuth(5, 10, 5, 10)',
    'geo_angle(0, 10, 0, 10, 3, -10)',
    `geo_line_length(${line('1,1')})`,
    'geo_point_in_polygon(1, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}))',
    `geo_point_in_polygon(1, 1, ${polygon(ring('0,0', '4,4', '4,0', '0,4'))})`,
    `geo_polygon_area(parse_json('"x"'))`,
    'geo_geohash_to_central_point("a!")',
    'geo_geohash_neighbors("")',
  ])('%s is null', async (expression) => {
    expect(await value(expression)).toBeNull();
  });

  it('have no geohash', async () => {
    expect(await value('geo_point_to_geohash(200, 1, 8)')).toBe('');
    expect(await value('geo_point_to_geohash(1, 1, 19)')).toBe('');
  });
});

describe('polygons', () => {
  const square = ring('0,0', '10,0', '10,10', '0,10');
  const hole = ring('4,4', '4,6', '6,6', '6,4');

  it('hold the points inside, whichever way their rings run, and not those in holes or on the far side', async () => {
    const reversed = ring('0,0', '0,10', '10,10', '10,0');
    expect(
      await kql.rows(`
        let shape = ${polygon(square, hole)};
        print geo_point_in_polygon(1, 1, shape), geo_point_in_polygon(5, 5, shape), geo_point_in_polygon(11, 5, shape),
          geo_point_in_polygon(-175, -5, shape), geo_point_in_polygon(1, 1, ${polygon(reversed)}), geo_point_in_polygon(179, 1, ${polygon(ring('170,0', '-170,0', '-170,10', '170,10'))})`),
    ).toEqual([[true, false, false, false, true, true]]);
  });

  it('are as far away as their nearest edge', async () => {
    const metres = Number(await value(`geo_distance_point_to_polygon(12, 0, ${polygon(square)})`));
    expect(metres).toBeCloseTo((6_371_010 * 2 * Math.PI) / 180, 3);
    expect(await value(`geo_distance_point_to_polygon(5, 1, ${polygon(square)})`)).toBe(0);
  });

  it('are valid wherever their corners lie', async () => {
    const corners = Array.from({ length: 60 }, (_none, index) => {
      const [x, y] = [(index * 53.137) % 170, (index * 7.713) % 80];
      return `${x},${y};${x + 0.0517},${y + 0.0013};${x + 0.0491},${y + 0.0733};${x + 0.0029},${y + 0.0619}`.split(';');
    });
    const areas = corners.map((points) => `geo_polygon_area(${polygon(ring(...points))})`);
    const [row] = await kql.rows(`print ${areas.join(', ')}`);
    expect(row?.filter((area) => area === null)).toEqual([]);
  });

  it('of which there are several have no sum here', async () => {
    const two = `dynamic({"type":"MultiPolygon","coordinates":[[${square}],[${hole}]]})`;
    expect(kql.refusal(`print geo_polygon_area(${two})`)).toMatchObject({ code: 'unsupported' });
    await expect(kql.rows(`print v = ${two} | project geo_polygon_area(v)`)).rejects.toThrow(/several polygons/);
  });
});

it('refuses the spheroid by name', () => {
  expect(kql.refusal('print geo_distance_2points(1.0, 1.0, 2.0, 2.0, true)').message).toMatch(/use_spheroid/);
});

it('finds the sign-ins that no traveller could make', async () => {
  expect(
    await kql.rows(`
      datatable(user: string, at: datetime, lng: real, lat: real)[
        'ann', datetime(2024-01-01 08:00), 13.4, 52.5, 'ann', datetime(2024-01-01 09:00), -74.0, 40.7,
        'bob', datetime(2024-01-01 08:00), 13.4, 52.5, 'bob', datetime(2024-01-01 09:00), 13.0, 52.4]
      | sort by user asc, at asc
      | extend km = iff(prev(user) == user, geo_distance_2points(prev(lng), prev(lat), lng, lat) / 1000, 0.0), hours = (at - prev(at)) / 1h
      | where km / hours > 900
      | project user, km = round(km)`),
  ).toEqual([['ann', 6386]]);
});
