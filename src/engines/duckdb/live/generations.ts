import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../ports/clock';
import { type ProvidedContent, QueryError } from '../../../ports/query-engine';
import { CacheBusy, cacheFile } from '../cache-file';
import { HostConversation } from '../host/host-conversation';
import type { HostOptions } from '../host/messages';
import type { LoadProgress } from '../load/update-cache';
import { adoptCopy, clearCopies, copyCache, dropCopy } from './cache-copies';
import { folderState } from './folder-state';

/** Bytes; a larger cache is brought up to date in place, while no query runs. */
const largestCopy = 2 * 1024 ** 3;
/** How often the folder is looked at, at most, and how long a query waits for changed logs to be read. */
const lookEveryMilliseconds = 2000;
const patienceMilliseconds = 20_000;
/** Looking and reading take at most this part of the time: a folder that changes all the time must not keep the machine busy. */
const share = 0.2;

interface Generation {
  conversation: HostConversation;
  /** The state of the folder before it was read. */
  state: string;
  /** Milliseconds since 1970. */
  readAt: number;
  /** Its own copy of the cache, where it has one. */
  copy: string | undefined;
  spill: string;
  running: number;
}

/**
 * The host processes of one engine: usually one. When logs have changed, the next query starts another on an up-to-date
 * copy of the cache; later queries go there, and the old one ends with the last query that runs in it. What a query may
 * miss, because reading takes long, is said in its notes.
 */
export class Generations {
  #current: Generation | undefined;
  readonly #alive = new Set<Generation>();
  readonly #ending = new Set<Promise<void>>();
  #renewing: Promise<void> | undefined;
  /** The process that answered is gone and the next not there yet: whoever asks must wait. */
  #gap = false;
  #nextLook = 0;
  #nextRenewal = 0;
  #closed = false;
  #number = 0;
  #provided: ProvidedContent | undefined;

  constructor(
    private readonly options: HostOptions,
    private readonly clock: Clock,
    /** Whether changed logs are taken in while the engine runs. */
    private readonly live: boolean,
    private readonly largest = largestCopy,
  ) {}

  async start(onProgress: ((progress: LoadProgress) => void) | undefined): Promise<void> {
    const { source } = this.options;
    if (source.kind === 'logs') await clearCopies(source.cacheFolder);
    // DuckDB makes the last folder of the path, and no more.
    await mkdir(this.options.temporaryFolder, { recursive: true });
    const state = await this.#state();
    try {
      this.#current = await this.#open(state, undefined, onProgress);
    } catch (error) {
      const copy = error instanceof CacheBusy && this.live ? await this.#copy(undefined) : undefined;
      if (copy === undefined) throw error;
      this.#current = await this.#open(state, copy, onProgress);
    }
    this.#nextLook = this.#now() + lookEveryMilliseconds;
  }

  /** Reaches the process that answers now and every later one; one that a running query holds keeps what it has. */
  async provide(content: ProvidedContent): Promise<void> {
    this.#provided = content;
    await this.use((conversation) => conversation.provide(content));
    const now = this.#current?.conversation;
    if (now?.provided !== content) await now?.provide(content);
  }

  /** Runs `work` on logs that are up to date, or hands it what they lack as notes. */
  async use<T>(
    work: (conversation: HostConversation, notes: string[]) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const notes = await this.#refresh(signal);
    const generation = this.#current;
    if (!generation || this.#closed) throw new QueryError('internal', 'The query engine is closed');
    generation.running++;
    try {
      return await work(generation.conversation, notes);
    } finally {
      generation.running--;
      this.#endIfDone(generation);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#renewing?.catch(() => undefined);
    const last = this.#current;
    this.#current = undefined;
    const { source } = this.options;
    await Promise.all([...this.#alive].filter((one) => one !== last).map((one) => this.#end(one)));
    await Promise.all(this.#ending);
    if (!last) return;
    const keep = last.copy !== undefined && source.kind === 'logs' ? last.copy : undefined;
    await this.#end({ ...last, copy: undefined });
    if (keep !== undefined && source.kind === 'logs')
      await adoptCopy(keep, await cacheFile(source.folder, source.cacheFolder));
  }

  async #refresh(signal: AbortSignal | undefined): Promise<string[]> {
    const current = this.#current;
    if (!this.live || this.options.source.kind !== 'logs' || !current || this.#closed) return [];
    if (!this.#renewing) {
      const before = this.#now();
      if (before < this.#nextLook) return [];
      const state = await this.#state();
      const now = this.#now();
      this.#nextLook = now + Math.max(lookEveryMilliseconds, (now - before) / share);
      if (state === this.#current?.state) return [];
      if (now < this.#nextRenewal) return [this.#missing('they are read in a moment')];
      this.#renewing ??= this.#renewTimed(state);
      // Whoever waits hears of a failure; it must not matter that nobody does any more.
      this.#renewing.catch(() => undefined);
    }
    try {
      const done = await waitFor(this.#renewing, this.#gap ? undefined : patienceMilliseconds, signal);
      if (!done) return [this.#missing('they are being read')];
      return [];
    } catch (error) {
      if (error instanceof QueryError) throw error;
      return [this.#missing(error instanceof Error ? error.message : String(error))];
    }
  }

  #missing(why: string): string {
    const since = new Date(this.#current?.readAt ?? 0).toISOString().slice(0, 19);
    return `The logs have changed since they were read at ${since}Z, and this answer is without the changes: ${why}.`;
  }

  async #renewTimed(state: string): Promise<void> {
    const before = this.#now();
    try {
      await this.#renew(state);
    } finally {
      const now = this.#now();
      this.#nextRenewal = now + (now - before) / share;
      this.#renewing = undefined;
    }
  }

  /** Rejects with an Error that says why the changes cannot be taken in now. */
  async #renew(state: string): Promise<void> {
    const { source } = this.options;
    const old = this.#current;
    if (source.kind !== 'logs' || !old) return;
    const copy = await this.#copy(old.copy);
    if (copy === undefined && old.running > 0)
      throw new Error(
        'the cache is too large to copy, and running queries read it; they are read once those have ended',
      );
    if (copy === undefined) await this.#renewInPlace(state, old);
    else {
      this.#current = await this.#open(state, copy, undefined);
      this.#endIfDone(old);
    }
  }

  /** A copy of the cache, or of a copy; undefined where it is too large. */
  async #copy(from: string | undefined): Promise<string | undefined> {
    const { source } = this.options;
    if (source.kind !== 'logs') return undefined;
    return copyCache(await cacheFile(source.folder, from ?? source.cacheFolder), source.cacheFolder, this.largest);
  }

  /** Nothing runs: the one process gives way to the next, and queries wait for it. */
  async #renewInPlace(state: string, old: Generation): Promise<void> {
    this.#gap = true;
    try {
      await this.#end({ ...old, copy: undefined });
      this.#alive.delete(old);
      const next = this.#make(state, old.copy, undefined);
      this.#current = next;
      // Where it does not start, the next query tries again and tells why.
      await next.conversation.start();
    } finally {
      this.#gap = false;
    }
  }

  async #open(
    state: string,
    copy: string | undefined,
    onProgress: ((progress: LoadProgress) => void) | undefined,
  ): Promise<Generation> {
    const made = this.#make(state, copy, onProgress);
    try {
      await made.conversation.start();
      return made;
    } catch (error) {
      await this.#end(made);
      throw error;
    }
  }

  #make(
    state: string,
    copy: string | undefined,
    onProgress: ((progress: LoadProgress) => void) | undefined,
  ): Generation {
    const { source } = this.options;
    // DuckDB names its spill files alike in every process.
    const spill = path.join(this.options.temporaryFolder, `${process.pid}-${++this.#number}`);
    const options: HostOptions = {
      ...this.options,
      temporaryFolder: spill,
      source: source.kind === 'logs' && copy !== undefined ? { ...source, cacheFolder: copy } : source,
    };
    const conversation = new HostConversation(options, this.clock, onProgress, this.#provided);
    const made = { conversation, state, readAt: this.#now(), spill, running: 0, copy };
    this.#alive.add(made);
    return made;
  }

  #endIfDone(generation: Generation): void {
    if (generation === this.#current || generation.running > 0 || !this.#alive.has(generation)) return;
    const ending = this.#end(generation);
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  async #end(generation: Generation): Promise<void> {
    this.#alive.delete(generation);
    await generation.conversation.close();
    await rm(generation.spill, { recursive: true, force: true });
    if (generation.copy !== undefined) await dropCopy(generation.copy);
  }

  async #state(): Promise<string> {
    const { source, geoDatabase } = this.options;
    if (source.kind !== 'logs') return '';
    const others = [source.watchlists ?? path.join(source.folder, 'watchlists'), ...(geoDatabase ? [geoDatabase] : [])];
    return folderState(source.folder, others).catch(() => 'unreadable');
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}

/** False where it takes longer than `patience`, in milliseconds. Rejects with `cancelled` once the signal is aborted. */
async function waitFor(
  work: Promise<void>,
  patience: number | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const late = new Promise<boolean>((resolve, reject) => {
    if (patience !== undefined) timer = setTimeout(() => resolve(false), patience);
    abort = () => reject(new QueryError('cancelled', 'The query was cancelled'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
    if (abort) signal?.removeEventListener('abort', abort);
  }
}
