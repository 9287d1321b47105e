import type { Command } from './define-command';
import type { CommandInfo } from './dispatcher';
import { summaryOf } from './usage';

/** What is typed: every command but those that only dispatch or buttons reach. */
export function catalogueOf(registry: ReadonlyMap<string, Command>): CommandInfo[] {
  return [...registry.values()]
    .filter((one) => !one.internal && !one.quiet)
    .map((one) => ({ ...summaryOf(one), permission: one.permission, prominent: one.prominent ?? false }));
}
