import { toText } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

/** The function in SQL that an engine with a database of places puts in place of the one here. */
export const geoScript = 'kql_geo_info';

export const geoInfoFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'geo_info_from_ip_address',
    arity: [1, 1],
    difference:
      'needs a MaxMind database (TALBOT_GEO_DATABASE) and is refused without one; names are in English, and an address that the database does not know gives null',
    scripts: [
      {
        name: geoScript,
        parameters: ['VARCHAR'],
        returns: 'VARCHAR',
        run() {
          throw new Error('there is no database of places');
        },
      },
    ],
    compile([address], call) {
      if (!address) return call.fail('type', 'geo_info_from_ip_address needs an address');
      call.needsGeo?.();
      return { sql: `${geoScript}(${toText(address)})::JSON`, type: 'dynamic' };
    },
  }),
];
