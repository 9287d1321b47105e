import { z } from 'zod';
import { FieldValues } from '../../src/chat/inbound';

/** What a button carries: `c` the command, `a` its arguments. Short names, because Slack takes 2,000 characters. */
const PressValue = z.object({ c: z.string().min(1).max(100), a: FieldValues });

export interface Press {
  command: string;
  args: FieldValues;
}

export function pressToValue(press: Press): string {
  return JSON.stringify({ c: press.command, a: press.args });
}

/** Undefined for what no card of ours wrote (a link button, a forged value). */
export function pressFromValue(value: string): Press | undefined {
  const parsed = PressValue.safeParse(jsonOrUndefined(value));
  return parsed.success ? { command: parsed.data.c, args: parsed.data.a } : undefined;
}

export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
