import { z } from 'zod';
import type { CommandInfo } from '../../src/commands/dispatcher';
import { Settings } from '../../src/config';

/** The README's tables of commands and settings, made from what the program itself declares. */
export function readmeTables(catalogue: readonly CommandInfo[]): { commands: string; settings: string } {
  return { commands: commandTable(catalogue), settings: settingTable() };
}

/** The text with the part between `<!-- NAME -->` and `<!-- /NAME -->` replaced. Throws where a mark is missing. */
export function replaceParts(text: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce((current, [name, part]) => {
    const start = `<!-- ${name} -->`;
    const end = `<!-- /${name} -->`;
    const from = current.indexOf(start);
    const to = current.indexOf(end);
    if (from < 0 || to < from) throw new Error(`the marks ${start} … ${end} are missing`);
    return `${current.slice(0, from + start.length)}\n${part}\n${current.slice(to)}`;
  }, text);
}

const roles = { read: 'reader', hunt: 'hunter', lead: 'lead', administer: 'admin' } as const;

function commandTable(catalogue: readonly CommandInfo[]): string {
  const rows = catalogue.map((one) => `| \`${cell(one.usage)}\` | ${cell(one.summary)} | ${roles[one.permission]} |`);
  return ['| words | effect | least role |', '|---|---|---|', ...rows].join('\n');
}

function settingTable(): string {
  const rows = Object.entries(Settings.shape).map(([name, schema]) => {
    const fallback = defaultOf(schema);
    return `| \`${name}\` | ${cell(schema.description ?? '')}${fallback === undefined ? '' : ` (${cell(fallback)})`} |`;
  });
  return ['| name | meaning (default) |', '|---|---|', ...rows].join('\n');
}

function defaultOf(schema: z.ZodType): string | undefined {
  if (!(schema instanceof z.ZodDefault)) return undefined;
  const value = schema.def.defaultValue;
  return Array.isArray(value) ? undefined : String(value);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
