import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantText } from './literal';

/** Factors to the base unit; a temperature also has an offset: base = value · factor + offset. */
type Units = Record<string, number | [factor: number, offset: number]>;

const prefixes: Record<string, number> = {
  Femto: 1e-15,
  Pico: 1e-12,
  Nano: 1e-9,
  Micro: 1e-6,
  Milli: 1e-3,
  Centi: 1e-2,
  Deci: 1e-1,
  Deca: 1e1,
  Hecto: 1e2,
  Kilo: 1e3,
  Mega: 1e6,
  Giga: 1e9,
  Tera: 1e12,
  Peta: 1e15,
};

function scaled(unit: string, factor: number, ...names: string[]): Units {
  return Object.fromEntries(names.map((name) => [`${name}${unit}`, (prefixes[name] ?? 1) * factor]));
}

const g = 9.80665;
const units: Record<string, Units> = {
  angle: {
    Arcminute: Math.PI / 10800,
    Arcsecond: Math.PI / 648000,
    Centiradian: 0.01,
    Deciradian: 0.1,
    Degree: Math.PI / 180,
    Gradian: Math.PI / 200,
    Microdegree: Math.PI / 180e6,
    Microradian: 1e-6,
    Millidegree: Math.PI / 180e3,
    Milliradian: 1e-3,
    Nanodegree: Math.PI / 180e9,
    Nanoradian: 1e-9,
    NatoMil: Math.PI / 3200,
    Radian: 1,
    Revolution: 2 * Math.PI,
    Tilt: Math.PI / 2,
  },
  energy: {
    ...scaled('joule', 1, 'Giga', 'Kilo', 'Mega', 'Micro', 'Milli', 'Nano', 'Peta', 'Tera'),
    ...scaled('calorie', 4.184, 'Kilo', 'Mega'),
    Calorie: 4.184,
    ElectronVolt: 1.602176565e-19,
    FootPound: 1.3558179483314,
    GigawattHour: 3.6e12,
    HorsepowerHour: 2_684_519.537_696_173,
    Joule: 1,
    KilowattHour: 3.6e6,
    MegawattHour: 3.6e9,
    TerawattHour: 3.6e15,
    WattDay: 86400,
    WattHour: 3600,
  },
  force: {
    ...scaled('newton', 1, 'Deca', 'Kilo', 'Mega', 'Micro', 'Milli'),
    Dyn: 1e-5,
    KilogramForce: g,
    KiloPond: g,
    KilopoundForce: 4448.2216152605,
    Newton: 1,
    OunceForce: 0.278_013_850_953_781,
    Poundal: 0.138254954376,
    PoundForce: 4.4482216152605,
    ShortTonForce: 8896.443230521,
    TonneForce: g * 1000,
  },
  length: {
    ...scaled('meter', 1, 'Centi', 'Deci', 'Deca', 'Hecto', 'Kilo', 'Mega', 'Micro', 'Milli', 'Nano'),
    Angstrom: 1e-10,
    AstronomicalUnit: 149597870700,
    Chain: 20.1168,
    Fathom: 1.8288,
    Foot: 0.3048,
    Hand: 0.1016,
    Inch: 0.0254,
    LightYear: 9460730472580800,
    Meter: 1,
    Microinch: 2.54e-8,
    Mil: 2.54e-5,
    Mile: 1609.344,
    NauticalMile: 1852,
    Yard: 0.9144,
  },
  mass: {
    ...scaled('gram', 1e-3, 'Centi', 'Deca', 'Deci', 'Hecto', 'Kilo', 'Micro', 'Milli', 'Nano'),
    ...scaled('tonne', 1000, 'Kilo', 'Mega'),
    Grain: 6.479891e-5,
    Gram: 1e-3,
    LongHundredweight: 50.80234544,
    LongTon: 1016.0469088,
    Ounce: 0.028349523125,
    Pound: 0.45359237,
    ShortHundredweight: 45.359237,
    ShortTon: 907.18474,
    Stone: 6.35029318,
    Tonne: 1000,
  },
  speed: {
    CentimeterPerSecond: 0.01,
    FootPerHour: 0.3048 / 3600,
    FootPerMinute: 0.3048 / 60,
    FootPerSecond: 0.3048,
    InchPerSecond: 0.0254,
    KilometerPerHour: 1 / 3.6,
    KilometerPerSecond: 1000,
    Knot: 1852 / 3600,
    MeterPerHour: 1 / 3600,
    MeterPerMinute: 1 / 60,
    MeterPerSecond: 1,
    MilePerHour: 0.44704,
    MillimeterPerSecond: 1e-3,
    YardPerSecond: 0.9144,
  },
  temperature: {
    DegreeCelsius: [1, 273.15],
    DegreeDelisle: [-2 / 3, 373.15],
    DegreeFahrenheit: [5 / 9, 459.67 * (5 / 9)],
    DegreeNewton: [100 / 33, 273.15],
    DegreeRankine: [5 / 9, 0],
    DegreeReaumur: [5 / 4, 273.15],
    DegreeRoemer: [40 / 21, 273.15 - (7.5 * 40) / 21],
    Kelvin: 1,
    MillidegreeCelsius: [1e-3, 273.15],
  },
  volume: {
    ...scaled('liter', 1e-3, 'Centi', 'Deca', 'Deci', 'Hecto', 'Kilo', 'Mega', 'Micro', 'Milli'),
    AcreFoot: 1233.48183754752,
    CubicCentimeter: 1e-6,
    CubicDecimeter: 1e-3,
    CubicFoot: 0.028316846592,
    CubicInch: 1.6387064e-5,
    CubicKilometer: 1e9,
    CubicMeter: 1,
    CubicMile: 4_168_181_825.440_58,
    CubicMillimeter: 1e-9,
    CubicYard: 0.764554857984,
    ImperialGallon: 4.54609e-3,
    ImperialOunce: 2.84130625e-5,
    ImperialPint: 5.6826125e-4,
    Liter: 1e-3,
    OilBarrel: 0.158987294928,
    UsGallon: 3.785411784e-3,
    UsOunce: 2.95735295625e-5,
    UsPint: 4.73176473e-4,
    UsQuart: 9.46352946e-4,
  },
};

function unitOf(arg: Expr, known: Units, call: CallSite, index: number): [factor: number, offset: number] {
  const name = constantText(arg);
  if (name === undefined) return call.fail('unsupported', 'the unit must be a plain text', index);
  const unit = Object.hasOwn(known, name) ? known[name] : undefined;
  if (unit === undefined) return call.fail('unsupported', `the unit "${name}" is not supported`, index);
  return typeof unit === 'number' ? [unit, 0] : unit;
}

export const unitFunctions: ScalarFunction[] = Object.entries(units).map(([quantity, known]) =>
  defineScalar({
    name: `convert_${quantity}`,
    arity: [3, 3],
    compile([value, from, to], call) {
      if (!value || !from || !to) return call.fail('type', `convert_${quantity} needs a number and two units`);
      const [factor, offset] = unitOf(from, known, call, 1);
      const [divisor, shift] = unitOf(to, known, call, 2);
      const number = (one: number) => `'${one}'::DOUBLE`;
      const base = `(${convert(value, 'real').sql}) * ${number(factor)} + ${number(offset)}`;
      return { sql: `((${base} - ${number(shift)}) / ${number(divisor)})`, type: 'real' };
    },
  }),
);
