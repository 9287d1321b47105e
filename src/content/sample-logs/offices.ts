export interface Place {
  city: string;
  state: string;
  /** ISO 3166 code. */
  country: string;
  latitude: number;
  longitude: number;
}

export interface Office extends Place {
  name: string;
  /** Added to UTC, in hours; the sample has no summer time. */
  utcOffset: number;
  /** First two octets of its private network. */
  network: string;
  /** The address it shows to the internet. */
  egress: string;
  /** Of the documentation range 64496-64511. */
  autonomousSystem: string;
}

export const offices = {
  bristol: {
    name: 'Bristol',
    city: 'Bristol',
    state: 'Bristol, City of',
    country: 'GB',
    latitude: 51.4545,
    longitude: -2.5879,
    utcOffset: 0,
    network: '10.20',
    egress: '192.0.2.10',
    autonomousSystem: '64496',
  },
  porto: {
    name: 'Porto',
    city: 'Porto',
    state: 'Porto',
    country: 'PT',
    latitude: 41.1496,
    longitude: -8.611,
    utcOffset: 0,
    network: '10.30',
    egress: '192.0.2.20',
    autonomousSystem: '64497',
  },
  boston: {
    name: 'Boston',
    city: 'Boston',
    state: 'Massachusetts',
    country: 'US',
    latitude: 42.3601,
    longitude: -71.0589,
    utcOffset: -5,
    network: '10.40',
    egress: '192.0.2.30',
    autonomousSystem: '64498',
  },
} satisfies Record<string, Office>;

/** One colleague works from Singapore, always from home. */
export const homeOffice: Office = {
  name: 'Singapore',
  city: 'Singapore',
  state: 'Central Singapore',
  country: 'SG',
  latitude: 1.2897,
  longitude: 103.8501,
  utcOffset: 8,
  network: '10.50',
  egress: '192.0.2.40',
  autonomousSystem: '64499',
};

/** Where people travel to; their hotels and phones there use 198.51.100.0/24. */
export const travelPlaces: readonly (Place & { autonomousSystem: string })[] = [
  { city: 'Madrid', state: 'Madrid', country: 'ES', latitude: 40.4168, longitude: -3.7038, autonomousSystem: '64501' },
  { city: 'Hamburg', state: 'Hamburg', country: 'DE', latitude: 53.5511, longitude: 9.9937, autonomousSystem: '64502' },
  {
    city: 'Chicago',
    state: 'Illinois',
    country: 'US',
    latitude: 41.8781,
    longitude: -87.6298,
    autonomousSystem: '64503',
  },
];

/** A data centre in which anybody may rent a machine: the VPN exits of two colleagues stand there too. */
export const hostingPlace: Place & { autonomousSystem: string } = {
  city: 'Amsterdam',
  state: 'Noord-Holland',
  country: 'NL',
  latitude: 52.3676,
  longitude: 4.9041,
  autonomousSystem: '64511',
};
