/** A command as help and completion show it. */
export interface CommandSummary {
  name: string;
  summary: string;
  usage: string;
  example?: string;
  flags: { name: string; summary: string }[];
}
