import { stringify } from 'yaml';

/** YAML with long lines left whole, as the community's repositories have it. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
