import type { HuntQuery } from '../domain/query';
import { type ChangeDeps, recordChange } from './record-change';

/** What histories call the words of a query. */
export const queryLabels = {
  name: 'name',
  text: 'KQL',
  description: 'description',
  tactics: 'tactics',
  techniques: 'techniques',
  entityMappings: 'entities',
} satisfies Partial<Record<keyof HuntQuery, string>>;

/**
 * Writes one line for each field that differs, as "changed the <label>". Lists are compared and shown as their members, other values as
 * JSON where they are no text.
 */
export async function recordFields<T extends object>(
  deps: ChangeDeps,
  where: { hunt: string; subject?: string },
  before: T,
  after: T,
  labels: Partial<Record<keyof T & string, string>>,
): Promise<void> {
  for (const change of changedFields(before, after, labels)) await recordChange(deps, { ...where, ...change });
}

export function changedFields<T extends object>(
  before: T,
  after: T,
  labels: Partial<Record<keyof T & string, string>>,
): { what: string; before?: string; after?: string }[] {
  const fields = Object.keys(labels) as (keyof T & string)[];
  return fields.flatMap((field) => {
    const [was, is] = [wordsOf(before[field]), wordsOf(after[field])];
    if (was === is) return [];
    return [
      {
        what: `changed the ${labels[field]}`,
        ...(was === '' ? {} : { before: was }),
        ...(is === '' ? {} : { after: is }),
      },
    ];
  });
}

function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  if (Array.isArray(value) && value.length === 0) return '';
  return JSON.stringify(value);
}
