import type { FieldValues } from '../chat/inbound';
import type { Reply } from '../chat/reply';
import type { Permission } from '../domain/role';
import type { Context } from './context';
import { type Field, isField, type Read } from './field';

type Fields = Record<string, Field<unknown>>;
type InputOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface Declaration<F extends Fields> {
  /** One or two words, lower case. */
  name: string;
  /** Completes "`/hunt run` …" in the help: a sentence without a full stop. */
  summary: string;
  permission: Permission;
  input: F;
  /** Fields that may be typed without their flag, in order. */
  positional?: (keyof F & string)[];
  /** At most 24 characters: Slack's bound. Default: the command's name. */
  formTitle?: string;
  /** Submit button of the form; default "Show" for what only reads, else "Save". */
  submit?: string;
  /** What the fields hold when the form opens, for a form that changes what exists. */
  fill?(ctx: Context, args: FieldValues): Promise<FieldValues>;
  /** A press without values opens the form even where nothing required is missing. */
  formFirst?: boolean;
  /** Reached by dispatch alone: neither typed nor pressed. */
  internal?: boolean;
  /** Not in the help: reached by buttons. */
  quiet?: boolean;
  /** Worth a place in a platform's short command menu. */
  prominent?: boolean;
  /** What a person should type to see it work. */
  example?: string;
  run(ctx: Context, input: InputOf<F>): Promise<Reply>;
}

/** A command with the type of its input erased: parsing and running go through `bind`. */
export interface Command extends Omit<Declaration<Fields>, 'run' | 'fill' | 'positional'> {
  positional: string[];
  fill?: (ctx: Context, args: FieldValues) => Promise<FieldValues>;
  /** Reads raw words into the command's input; faults by field name where they do not fit. */
  bind(
    words: Record<string, string[] | undefined>,
  ): { run(ctx: Context): Promise<Reply> } | { faults: Record<string, string> };
}

/** Declares one operation. Throws at load where a field was built by hand or a positional names no field. */
export function defineCommand<const F extends Fields>(declaration: Declaration<F>): Command {
  const { run, fill, input, positional, ...rest } = declaration;
  for (const [name, one] of Object.entries(input)) {
    if (!isField(one)) throw new Error(`${declaration.name}: field ${name} was not made by field.*`);
    if (!/^[a-z][a-z-]*$/.test(name))
      throw new Error(`${declaration.name}: field name ${name} cannot be typed as a flag`);
  }
  for (const name of positional ?? []) if (!(name in input)) throw new Error(`${declaration.name}: no field ${name}`);
  if (!/^[a-z]+(?:-[a-z]+)?(?: [a-z]+)?$/.test(declaration.name))
    throw new Error(`${declaration.name} is no command name`);
  return {
    ...rest,
    input,
    positional: positional ?? [],
    ...(fill ? { fill } : {}),
    bind(words) {
      const values: Record<string, unknown> = {};
      const faults: Record<string, string> = {};
      for (const [name, one] of Object.entries(input)) {
        const given: Read<unknown> = one.required || words[name] ? one.read(words[name]) : one.read(undefined);
        if ('fault' in given) faults[name] = given.fault;
        else values[name] = given.value;
      }
      if (Object.keys(faults).length > 0) return { faults };
      return { run: (ctx) => run(ctx, values as InputOf<F>) };
    },
  };
}
