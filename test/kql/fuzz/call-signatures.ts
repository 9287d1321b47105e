import { aggregateFunctions, scalarFunctions } from '../../../src/kql/functions/registry';
import { refusedAggregates, refusedFunctions } from '../../../src/kql/functions/unsupported';
import { kusto, type List, listItems } from '../../../src/kql/kusto';
import type { ColumnType } from '../../../src/ports/query-engine';

/** An argument's type; arrays and bags are dynamic values that have to be just that. */
export type ArgumentType = ColumnType | 'array' | 'bag';

export interface Parameter {
  /** What the language lets the argument be; several where it leaves a choice. */
  types: readonly ArgumentType[];
  least: number;
  most: number;
}

export interface CallSignature {
  name: string;
  parameters: Parameter[];
  aggregate: boolean;
  /** The compiler knows it, and refuses it by name. */
  refused: boolean;
}

interface ParameterSymbol {
  TypeKind: number;
  DeclaredTypes: List<{ Name: string }> | null;
  MinOccurring: number;
  MaxOccurring: number;
}

interface FunctionSymbol {
  Name: string;
  Signatures: List<{ Parameters: List<ParameterSymbol> }>;
}

const every: readonly ColumnType[] = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
];

const kinds: Record<string, readonly ArgumentType[]> = {
  DynamicArray: ['array'],
  DynamicBag: ['bag'],
  StringOrDynamic: ['string', 'dynamic'],
  StringOrArray: ['string', 'array'],
  Integer: ['int', 'long'],
  IntegerOrArray: ['long', 'array'],
  Number: ['int', 'long', 'real', 'decimal'],
  NumberOrBool: ['long', 'real', 'bool'],
  RealOrDecimal: ['real', 'decimal'],
  Summable: ['long', 'real', 'decimal', 'timespan', 'datetime'],
  NotDynamic: every.filter((type) => type !== 'dynamic'),
  Orderable: ['long', 'real', 'datetime', 'timespan', 'string'],
  CommonOrderable: ['long', 'real', 'datetime', 'timespan'],
};

/** Every signature of every function that the compiler declares, as Microsoft's parser describes it. */
export function callSignatures(): CallSignature[] {
  const { Functions, Aggregates, Symbols } = kusto().Language;
  const kindNames = new Map<number, string>();
  for (const [name, value] of Object.entries(Reflect.get(Symbols, 'ParameterTypeKind') as Record<string, unknown>))
    if (typeof value === 'number') kindNames.set(value, name);
  const refused = new Set([...refusedFunctions, ...refusedAggregates].map(({ name }) => name));
  const read = (all: unknown, aggregate: boolean) =>
    listItems(all as List<FunctionSymbol>)
      .filter(({ Name }) => (aggregate ? aggregateFunctions : scalarFunctions).has(Name))
      .flatMap(({ Name, Signatures }) =>
        listItems(Signatures).map(({ Parameters }) => ({
          name: Name,
          aggregate,
          refused: refused.has(Name),
          parameters: listItems(Parameters).map((one) => ({
            types: typesOf(one, kindNames),
            least: one.MinOccurring,
            most: Math.min(one.MaxOccurring, 4),
          })),
        })),
      );
  return [...read(Functions.All, false), ...read(Aggregates.All, true)];
}

function typesOf(parameter: ParameterSymbol, kindNames: Map<number, string>): readonly ArgumentType[] {
  const declared = parameter.DeclaredTypes ? listItems(parameter.DeclaredTypes).map(({ Name }) => Name) : [];
  const own = every.filter((type) => declared.includes(type));
  if (own.length > 0) return own;
  return kinds[kindNames.get(parameter.TypeKind) ?? ''] ?? every;
}
