import { z } from 'zod';
import { type AttackData, sentinelSpelling, type Tactic, type Technique } from '../../domain/attack';
import { UserError } from '../../errors';
import { attackNotice } from './attack';

const References = z.array(z.object({ source_name: z.string(), external_id: z.string().max(40).optional() }));
const dead = { revoked: z.boolean().optional(), x_mitre_deprecated: z.boolean().optional() };

const Pattern = z.object({
  id: z.string(),
  name: z.string().min(1).max(200),
  external_references: References,
  kill_chain_phases: z.array(z.object({ kill_chain_name: z.string(), phase_name: z.string() })).optional(),
  x_mitre_platforms: z.array(z.string().max(60)).max(50).optional(),
  ...dead,
});
type Pattern = z.infer<typeof Pattern>;

const StixTactic = z.object({
  id: z.string(),
  name: z.string().min(1).max(60),
  x_mitre_shortname: z.string().regex(/^[a-z0-9-]{1,60}$/),
  external_references: References,
  ...dead,
});
const Matrix = z.object({ tactic_refs: z.array(z.string()), ...dead });
const Collection = z.object({ x_mitre_version: z.string().max(20), name: z.string() });
const Relationship = z.object({
  relationship_type: z.string(),
  source_ref: z.string(),
  target_ref: z.string(),
  ...dead,
});
const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.looseObject({ type: z.string() })) });

const mostTechniques = 5000;

/**
 * A STIX 2.0 or 2.1 bundle of ATT&CK Enterprise, as MITRE publishes it, reduced to names and relations. What is revoked or deprecated is left
 * out; where a relation says what took the place of a revoked technique, that is kept. Throws UserError where it is no such bundle.
 */
export function readStixBundle(json: unknown): AttackData {
  const bundle = Bundle.safeParse(json);
  if (!bundle.success) throw refusal('it is no STIX bundle');
  const of = <T>(type: string, schema: z.ZodType<T>): T[] =>
    bundle.data.objects.flatMap((object) => {
      if (object.type !== type) return [];
      const parsed = schema.safeParse(object);
      if (parsed.success) return [parsed.data];
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      throw refusal(`an object of type ${type} has a wrong ${where || 'shape'}: ${String(object.id).slice(0, 80)}`);
    });
  const tactics = readTactics(of('x-mitre-tactic', StixTactic), of('x-mitre-matrix', Matrix));
  const patterns = of('attack-pattern', Pattern).filter((pattern) => idOf(pattern) !== undefined);
  const relations = of('relationship', Relationship).filter(isAlive);
  const techniques = readTechniques(patterns.filter(isAlive), tactics, relations);
  if (tactics.length === 0 || techniques.length === 0)
    throw refusal('it has no tactics or techniques of the Enterprise matrix');
  if (techniques.length > mostTechniques) throw refusal(`it has more than ${mostTechniques} techniques`);
  return {
    version:
      of('x-mitre-collection', Collection).find(({ name }) => /enterprise/i.test(name))?.x_mitre_version ??
      dateOf(bundle.data.objects),
    notice: attackNotice,
    tactics,
    techniques,
    replaced: readReplaced(patterns, relations),
  };
}

function refusal(why: string): UserError {
  return new UserError(
    'bad-input',
    `That is not ATT&CK Enterprise: ${why}.`,
    'Take enterprise-attack.json as MITRE publishes it, in STIX 2.0 or 2.1.',
  );
}

function isAlive(object: { revoked?: boolean | undefined; x_mitre_deprecated?: boolean | undefined }): boolean {
  return object.revoked !== true && object.x_mitre_deprecated !== true;
}

function attackId(references: z.infer<typeof References>): string | undefined {
  return references.find(({ source_name }) => source_name === 'mitre-attack')?.external_id;
}

function idOf(pattern: Pattern): string | undefined {
  const id = attackId(pattern.external_references);
  return id !== undefined && /^T\d{4}(?:\.\d{3})?$/.test(id) ? id : undefined;
}

/** In the order of the matrix, where there is one; those that it does not name come last. */
function readTactics(found: z.infer<typeof StixTactic>[], matrices: z.infer<typeof Matrix>[]): Tactic[] {
  const order = matrices.filter(isAlive).flatMap(({ tactic_refs }) => tactic_refs);
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return found
    .filter(isAlive)
    .toSorted((a, b) => place(a.id) - place(b.id))
    .map(({ name, x_mitre_shortname: slug, external_references }) => ({
      id: attackId(external_references) ?? slug,
      slug,
      name: sentinelSpelling(name),
      title: name,
    }));
}

function readTechniques(
  patterns: Pattern[],
  tactics: Tactic[],
  relations: z.infer<typeof Relationship>[],
): Technique[] {
  const ids = new Map(patterns.map((pattern) => [pattern.id, idOf(pattern) ?? '']));
  const users = new Map<string, Set<string>>();
  for (const { relationship_type, source_ref, target_ref } of relations) {
    const id = relationship_type === 'uses' ? ids.get(target_ref) : undefined;
    if (id === undefined || !/^(?:intrusion-set|malware|tool|campaign)--/.test(source_ref)) continue;
    for (const one of new Set([id, id.slice(0, 5)])) users.set(one, (users.get(one) ?? new Set()).add(source_ref));
  }
  return patterns
    .map((pattern) => {
      const id = idOf(pattern) ?? '';
      const phases = (pattern.kill_chain_phases ?? [])
        .filter(({ kill_chain_name }) => kill_chain_name === 'mitre-attack')
        .map(({ phase_name }) => phase_name);
      return {
        id,
        name: pattern.name,
        tactics: tactics.filter(({ slug }) => phases.includes(slug)).map(({ name }) => name),
        platforms: pattern.x_mitre_platforms ?? [],
        uses: users.get(id)?.size ?? 0,
      };
    })
    .filter(({ tactics: served }) => served.length > 0)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function readReplaced(patterns: Pattern[], relations: z.infer<typeof Relationship>[]): Record<string, string> {
  const ids = new Map(patterns.map((pattern) => [pattern.id, idOf(pattern) ?? '']));
  const alive = new Set(patterns.filter(isAlive).map(idOf));
  return Object.fromEntries(
    relations.flatMap(({ relationship_type, source_ref, target_ref }) => {
      const [from, to] = [ids.get(source_ref), ids.get(target_ref)];
      return relationship_type === 'revoked-by' && from && to && from !== to && !alive.has(from) ? [[from, to]] : [];
    }),
  );
}

/** A bundle of STIX 2.0 does not say its version: its latest change does. */
function dateOf(objects: { [field: string]: unknown }[]): string {
  let latest = '';
  for (const { modified } of objects)
    if (typeof modified === 'string' && /^\d{4}-\d\d-\d\d/.test(modified) && modified > latest) latest = modified;
  return latest === '' ? 'of unknown age' : `of ${latest.slice(0, 10)}`;
}
