import { randomUUID } from 'node:crypto';
import { type FieldValues, Inbound } from '../chat/inbound';
import type { Reply } from '../chat/reply';
import type { ThreadRef } from '../chat/thread-ref';
import type { PersonRef } from '../domain/ids';
import { allows, type Role } from '../domain/role';
import { ConflictError, UserError } from '../errors';
import { errorCard, faultCard } from '../views/error-card';
import { inputFaultCard, loneFileCard, unknownCommandCard } from '../views/input-fault-card';
import { catalogueOf } from './catalogue';
import { commandForm } from './command-form';
import type { Context, Services } from './context';
import { createContext, findThreadHunt, findThreadIncident } from './create-context';
import type { Command } from './define-command';
import type { Accepted, Dispatcher } from './dispatcher';
import { nearest } from './nearest';
import { findCommand, parseText, stripAddress } from './parse-text';
import { summaryOf } from './usage';

export interface DispatchDeps extends Services {
  registry: ReadonlyMap<string, Command>;
  /** The role of whoever acts; the one place that knows admins, grants and the default. */
  roleOf(person: PersonRef): Promise<Role>;
}

interface Found {
  command: Command;
  words: Record<string, string[] | undefined>;
  plainReply?: boolean;
}

const nothing: Reply = { kind: 'nothing' };

/** Find, authorise, parse, run, audit: the only place where any of these happens. */
export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const { registry, stores, clock, log } = deps;

  async function accept(given: Inbound): Promise<Accepted> {
    const settled = (reply: Reply): Accepted => ({ state: 'settled', reply });
    try {
      const parsed = Inbound.safeParse(given);
      if (!parsed.success) return settled(asCard(new UserError('bad-input', 'That message is too long or malformed.')));
      const inbound = parsed.data;
      if (inbound.kind === 'text' && inbound.addressed === 'no' && !(await isReply(inbound.thread)))
        return settled(nothing);
      if (await wasSeen(inbound)) return settled(nothing);
      return await settle(inbound);
    } catch (error) {
      return settled(faultReply(error, { kind: given.kind }));
    }
  }

  /** A chat without threads is no hunt's thread: there a comment is said as `comment TEXT`. */
  async function isReply(thread: ThreadRef): Promise<boolean> {
    if (thread.flat === true) return false;
    return (await findThreadHunt(deps, thread)) !== null || (await findThreadIncident(deps, thread)) !== null;
  }

  async function settle(inbound: Inbound): Promise<Accepted> {
    const person = personOf(inbound);
    const role = await deps.roleOf(person);
    const summaries = () => visible(role).map(summaryOf);
    const ctx = createContext(deps, inbound, person, role, summaries);
    const found = await find(inbound, ctx);
    if ('reply' in found) return { state: 'settled', reply: found.reply };
    const { command } = found;
    if (!allows(role, command.permission)) {
      await audit(ctx, command, 'refused', 'not-allowed');
      const refusal = new UserError(
        'not-allowed',
        `“${command.name}” needs more than your role (${role}) allows.`,
        'Ask one of Talbot’s administrators for the role that fits.',
      );
      return { state: 'settled', reply: asCard(refusal) };
    }
    if (found.plainReply) ctx.plainReply = true;
    const words = await fillFromThread(command, found.words, ctx);
    const form = await formInstead(inbound, command, words, ctx);
    if (form) return { state: 'settled', reply: form };
    const bound = command.bind(words);
    if ('faults' in bound) return { state: 'settled', reply: inputFaults(inbound, command, words, bound.faults) };
    return { state: 'ready', run: () => runAudited(ctx, command, bound.run, inbound) };
  }

  async function find(inbound: Inbound, ctx: Context): Promise<Found | { reply: Reply }> {
    if (inbound.kind === 'edited' || inbound.kind === 'deleted') {
      const command = registry.get(inbound.kind === 'edited' ? 'comment revise' : 'comment withdraw');
      if (!command) return { reply: nothing };
      return { command, words: inbound.kind === 'edited' ? { text: [inbound.text] } : {}, plainReply: true };
    }
    if (inbound.kind === 'press' || inbound.kind === 'form') {
      const command = registry.get(inbound.command);
      if (!command || command.internal)
        return {
          reply: asCard(new UserError('unknown-command', 'That button belongs to an older Talbot.', 'Type “help”.')),
        };
      return { command, words: fromValues({ ...inbound.values, ...inbound.args }) };
    }
    return findInText(inbound, ctx);
  }

  async function findInText(
    inbound: Extract<Inbound, { kind: 'text' }>,
    ctx: Context,
  ): Promise<Found | { reply: Reply }> {
    const calls = inbound.text.trim().startsWith('!');
    const inThread =
      inbound.thread.root !== undefined && ((await ctx.threadHunt()) !== null || (await ctx.threadIncident()) !== null);
    if (inbound.addressed === 'no' || (inbound.addressed === 'direct' && inThread && !calls)) {
      // A thread of both is the hunt's.
      const ofIncident = (await ctx.threadHunt()) === null && (await ctx.threadIncident()) !== null;
      const command = registry.get(ofIncident ? 'incident comment' : 'comment');
      // A file without words is a comment by its name.
      const said = inbound.text.trim() === '' ? ctx.files.map((file) => file.name).join(', ') : inbound.text;
      return command ? { command, words: { text: [said] }, plainReply: true } : { reply: nothing };
    }
    const text = stripAddress(inbound.text);
    if (text.trim() === '' && ctx.files.length > 0)
      return { reply: { kind: 'card', card: loneFileCard(ctx.files.map((file) => file.name)), to: 'asker' } };
    const found = findCommand(text === '' ? 'help' : text, registry);
    if (!found || found.command.internal) {
      const word = text.split(/\s+/)[0] ?? '';
      const shown = ctx.commands();
      const names = nearest(
        text.split(/\s+/).slice(0, 2).join(' '),
        shown.map((one) => one.name),
      );
      const near = [
        ...new Set([
          ...names,
          ...nearest(
            word,
            shown.map((one) => one.name),
          ),
        ]),
      ].slice(0, 3);
      const summaries = near.flatMap((name) => shown.filter((one) => one.name === name));
      return { reply: { kind: 'card', card: unknownCommandCard(word, summaries), to: 'asker' } };
    }
    const parsed = parseText(found.command, found.rest);
    if ('fault' in parsed) {
      const card = inputFaultCard(summaryOf(found.command), [parsed.fault], {}, hasForm(found.command));
      return { reply: { kind: 'card', card, to: 'asker' } };
    }
    return { command: found.command, words: parsed.words };
  }

  /** The hunt or incident of the thread, where a command takes one and none was named. */
  async function fillFromThread(command: Command, words: Found['words'], ctx: Context): Promise<Found['words']> {
    const filled = { ...words };
    for (const [name, field] of Object.entries(command.input)) {
      if (!field.fromThread || filled[name]) continue;
      const tied = field.fromThread === 'hunt' ? await ctx.threadHunt() : await ctx.threadIncident();
      if (tied) filled[name] = [tied.id];
    }
    return filled;
  }

  async function formInstead(
    inbound: Inbound,
    command: Command,
    words: Found['words'],
    ctx: Context,
  ): Promise<Reply | null> {
    if (inbound.kind === 'form' || !hasForm(command)) return null;
    const missing = Object.entries(command.input).some(
      ([name, field]) => field.required && !words[name] && !field.hidden,
    );
    const pressedFirst = command.formFirst === true && inbound.kind === 'press' && !isDecided(command, words);
    const nothingTyped = command.formFirst === true && inbound.kind === 'text' && typedOnly(command, words);
    if (!missing && !pressedFirst && !nothingTyped) return null;
    const fixed: FieldValues = {};
    const filled: FieldValues = {};
    for (const [name, given] of Object.entries(words)) {
      const field = Object.hasOwn(command.input, name) ? command.input[name] : undefined;
      if (!given || !field) continue;
      const value = field.several || given.length > 1 ? given : (given[0] ?? '');
      if (field.hidden || field.fromThread || (field.claims && !field.several)) fixed[name] = value;
      else filled[name] = Array.isArray(value) ? value.join(' ') : value;
    }
    const known = command.fill ? await command.fill(ctx, { ...filled, ...fixed }) : {};
    return { kind: 'form', form: commandForm(command, fixed, { ...known, ...filled }) };
  }

  function inputFaults(
    inbound: Inbound,
    command: Command,
    words: Found['words'],
    faults: Record<string, string>,
  ): Reply {
    if (inbound.kind === 'form') return { kind: 'field-errors', errors: visibleFaults(command, faults) };
    const lines = Object.entries(faults).map(([name, fault]) => `${command.input[name]?.label ?? name}: ${fault}`);
    const args: FieldValues = {};
    for (const [name, given] of Object.entries(words)) if (given && !faults[name]) args[name] = given.join(' ');
    const card = inputFaultCard(summaryOf(command), lines, args, hasForm(command));
    return { kind: 'card', card, to: 'asker' };
  }

  async function runAudited(
    ctx: Context,
    command: Command,
    run: (ctx: Context) => Promise<Reply>,
    inbound: Inbound,
  ): Promise<Reply> {
    try {
      const reply = await run(ctx);
      // People edit and delete messages all day; only those that were comments are Talbot’s business.
      const ofNoConcern = reply.kind === 'nothing' && (inbound.kind === 'edited' || inbound.kind === 'deleted');
      if (!ofNoConcern) await audit(ctx, command, 'done');
      return reply;
    } catch (error) {
      const told =
        error instanceof ConflictError
          ? new UserError(
              'conflict',
              'Somebody changed this at the same moment.',
              'Look at it again and repeat what is still wanted.',
            )
          : error;
      if (told instanceof UserError) {
        await audit(ctx, command, 'failed', told.code);
        if (inbound.kind === 'form')
          return { kind: 'field-errors', errors: visibleFaults(command, told.fields ?? { form: sentence(told) }) };
        return asCard(told);
      }
      const reply = faultReply(error, { command: command.name });
      await audit(ctx, command, 'failed', 'internal');
      return reply;
    }
  }

  async function audit(
    ctx: Context,
    command: Command,
    outcome: 'done' | 'refused' | 'failed',
    code?: string,
  ): Promise<void> {
    try {
      await stores.audit.insert({
        id: randomUUID(),
        at: clock.now(),
        actor: ctx.person,
        command: command.name,
        thread: [ctx.thread.platform, ctx.thread.tenant, ctx.thread.channel, ctx.thread.root ?? ''].join('|'),
        outcome,
        ...(code ? { code } : {}),
      });
    } catch (error) {
      log.error({ error, command: command.name, outcome }, 'audit line was not kept');
    }
  }

  async function wasSeen(inbound: Inbound): Promise<boolean> {
    try {
      await stores.seen.insert({
        id: `${inbound.actor.platform}|${inbound.actor.tenant}|${inbound.id}`,
        at: clock.now(),
      });
      return false;
    } catch (error) {
      if (error instanceof ConflictError) return true;
      throw error;
    }
  }

  function faultReply(error: unknown, facts: object): Reply {
    const reference = randomUUID().slice(0, 8);
    log.error({ ...facts, reference, error }, 'dispatch failed');
    return { kind: 'card', card: faultCard(reference), to: 'asker' };
  }

  function visible(role: Role): Command[] {
    return [...registry.values()].filter((one) => !one.internal && !one.quiet && allows(role, one.permission));
  }

  async function dispatch(inbound: Inbound): Promise<Reply> {
    const accepted = await accept(inbound);
    return accepted.state === 'settled' ? accepted.reply : accepted.run();
  }

  return {
    accept,
    dispatch,
    catalogue: () => catalogueOf(registry),
  };
}

function personOf(inbound: Inbound): PersonRef {
  const { platform, tenant, id, name } = inbound.actor;
  return { platform, tenant, id, name };
}

function asCard(error: UserError): Reply {
  return { kind: 'card', card: errorCard(error), to: 'asker' };
}

function sentence(error: UserError): string {
  return error.advice ? `${error.message} ${error.advice}` : error.message;
}

/** Faults of fields that the form does not show belong to the form as a whole. */
function visibleFaults(command: Command, faults: Record<string, string>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, fault] of Object.entries(faults)) {
    const field = command.input[name];
    if (field && !field.hidden) shown[name] = fault;
    else shown.form = shown.form ? `${shown.form} ${fault}` : fault;
  }
  return shown;
}

function hasForm(command: Command): boolean {
  return Object.values(command.input).some((field) => !field.hidden);
}

/** A button that carries a hidden yes acts at once: whoever pressed it has seen what it does. */
function isDecided(command: Command, words: Found['words']): boolean {
  return Object.entries(command.input).some(
    ([name, field]) => field.hidden && field.control.type === 'switch' && words[name],
  );
}

/** Nothing but keys was typed: `edit H-1` asks, `edit H-1 --name X` acts. */
function typedOnly(command: Command, words: Found['words']): boolean {
  return Object.entries(words).every(([name, given]) => !given || command.input[name]?.claims !== undefined);
}

function fromValues(values: FieldValues): Found['words'] {
  const words: Found['words'] = {};
  for (const [name, value] of Object.entries(values)) {
    const list = Array.isArray(value) ? value : [value];
    words[name] = list.length === 0 || (list.length === 1 && list[0]?.trim() === '') ? undefined : list;
  }
  return words;
}
