import { isScalar, parseDocument, visit, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../errors';

/** Far above the largest file of the public collections; keeps a hostile upload from filling memory. */
const longestFile = 1_000_000;
const shownFaults = 20;

/** A list that may be missing or empty. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

/** Trimmed; numbers count as text, as YAML makes them of `1.0`. */
export const trimmedText = z.coerce.string().transform((value) => value.trim());

/** Many files wrap their description in quotes inside a block. */
export const description = z
  .string()
  .nullish()
  .transform((given) => {
    const trimmed = (given ?? '').trim();
    const inner = /^(['"])([\s\S]*)\1$/.exec(trimmed);
    return (inner?.[2] ?? trimmed).trim();
  });

export const version = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((given) => String(given ?? '1.0.0').trim());

export const entityMappings = listOf(
  z.object({
    entityType: z.string(),
    fieldMappings: listOf(z.object({ identifier: z.string(), columnName: z.string() })),
  }),
);

/** `requiredDataConnectors` as the tables it names. */
export const dataTypes = listOf(z.object({ dataTypes: listOf(trimmedText) })).transform((connectors) =>
  unique(connectors.flatMap((connector) => connector.dataTypes).map(tableName)),
);

/** A list, which some files write as one text with commas. */
const words = z.union([z.string().transform((text) => text.split(',').map((one) => one.trim())), listOf(trimmedText)]);

/** Sentinel's spelling: `InitialAccess`. */
export const tactics = words.transform((all) => unique(all.map((tactic) => tactic.replaceAll(' ', ''))));

export const techniques = words.transform((all) => unique(all.map((one) => one.toUpperCase())));

/** A file's schema in which a missing id is `idWithout`, and a missing name that of the file. */
export function withId<Shape extends z.core.$ZodShape & { id: z.ZodString; name: z.ZodString }>(
  schema: z.ZodObject<Shape>,
  idWithout: string,
) {
  const name =
    idWithout
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/, '') || idWithout;
  return schema.extend({
    id: z.string().trim().min(1, 'is missing').default(idWithout),
    name: z.string().trim().min(1, 'is missing').max(500, 'has more than 500 characters').default(name),
  });
}

/**
 * Reads a YAML file by a schema. Throws UserError `bad-input` that names the file, says that it is no `what`, and lists every
 * fault.
 */
export function readYaml<Schema extends z.ZodType>(
  yamlText: string,
  source: string,
  what: string,
  schema: Schema,
): z.infer<Schema> {
  if (yamlText.length > longestFile) throw fileFault(source, `is longer than ${longestFile} characters`);
  const result = schema.safeParse(parseYaml(yamlText, source));
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw fileFault(source, `is no ${what}: ${shortList(faults)}`);
}

/** A file may have a fault in each of its lines: the first of them tell what is wrong with it. */
function shortList(faults: string[]): string {
  const more = faults.length > shownFaults ? `; and ${faults.length - shownFaults} more` : '';
  return `${faults.slice(0, shownFaults).join('; ')}${more}`;
}

export function fileFault(source: string, what: string): UserError {
  return new UserError('bad-input', `${source} ${what}`);
}

function parseYaml(yamlText: string, source: string): unknown {
  try {
    // The parser's own look for keys that stand twice compares each with every other, and it would word every fault.
    const text = yamlText.replace(/^\uFEFF/, '');
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
    const [fault] = document.errors;
    if (fault) throw new Error(`${fault.message} at line ${text.slice(0, fault.pos[0]).split('\n').length}`);
    visit(document, { Map: (_, map) => refuseTwice(map) });
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw fileFault(source, `is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseTwice(map: YAMLMap): void {
  const seen = new Set<unknown>();
  for (const { key } of map.items) {
    const name = isScalar(key) ? key.value : key;
    if (seen.has(name)) throw new Error(`the key “${String(name).slice(0, 60)}” stands twice in one map`);
    seen.add(name);
  }
}

/** Some files name a data type with its kind: `Syslog (auth)` or `SecurityEvent | Security`. */
function tableName(dataType: string): string {
  return dataType.split(/[\s(|]/)[0] ?? dataType;
}

function unique(items: string[]): string[] {
  return [...new Set(items.filter((item) => item !== ''))];
}
