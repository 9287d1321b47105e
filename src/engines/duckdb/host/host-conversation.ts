import type { Clock } from '../../../ports/clock';
import { type PageSink, type ProvidedContent, QueryError } from '../../../ports/query-engine';
import { Downloads } from '../external/downloads';
import type { LoadProgress } from '../load/update-cache';
import type { Answer, FromHost, HostOptions, HostQuery, ToHost } from './messages';
import { type Host, startHost } from './start-host';

/** How long a cancelled query may take to confirm before the caller is answered without it, and before the host is ended. */
const confirmMilliseconds = 200;
const patienceMilliseconds = 5000;

interface Pending {
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
  sink?: PageSink;
}

type AnswerOf<K extends Answer['of']> = Extract<Answer, { of: K }>;

/**
 * Talks to the host process, and starts it again when it dies: what ran then is rejected with code `internal`, the next
 * request meets a new process. A host that does not let go of a query is ended.
 */
export class HostConversation {
  #host: Promise<Host> | undefined;
  #closed = false;
  #next = 1;
  #startedAt = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #downloads: Downloads;

  constructor(
    private readonly options: HostOptions,
    private readonly clock: Clock,
    private readonly onProgress: ((progress: LoadProgress) => void) | undefined,
    /** Given to the process before anything is asked of it. */
    public provided?: ProvidedContent,
  ) {
    this.#downloads = new Downloads(options.externalHosts, options.temporaryFolder);
  }

  async start(): Promise<void> {
    await this.#ready();
  }

  /** Every process that this one has to start later gets it too. */
  async provide(content: ProvidedContent): Promise<void> {
    this.provided = content;
    await this.ask('provide', (id) => ({ kind: 'provide', id, content }));
  }

  async ask<K extends Answer['of']>(of: K, message: (id: number) => ToHost): Promise<AnswerOf<K>> {
    const host = await this.#ready();
    return this.#request(of, host, message, undefined).answer;
  }

  run(query: HostQuery, sink: PageSink, signal: AbortSignal | undefined): Promise<AnswerOf<'run'>> {
    return this.#askUntil('run', (id) => ({ kind: 'run', id, query }), query.limits.milliseconds, signal, sink);
  }

  count(query: HostQuery, signal: AbortSignal | undefined): Promise<AnswerOf<'count'>> {
    return this.#askUntil('count', (id) => ({ kind: 'count', id, query }), query.limits.milliseconds, signal);
  }

  /** Ends with the signal, and with the host where that does not let go. */
  async #askUntil<K extends Answer['of']>(
    of: K,
    message: (id: number) => ToHost,
    milliseconds: number,
    signal: AbortSignal | undefined,
    sink?: PageSink,
  ): Promise<AnswerOf<K>> {
    const host = await this.#ready();
    const { id, answer } = this.#request(of, host, message, sink);
    const timers: NodeJS.Timeout[] = [];
    const cancelled = new QueryError('cancelled', 'The query was cancelled');
    const abort = () => {
      host.send({ kind: 'cancel', id });
      timers.push(setTimeout(() => this.#pending.get(id)?.reject(cancelled), confirmMilliseconds));
      timers.push(this.#endHostUnlessDone(host, id, patienceMilliseconds, cancelled));
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    const late = new QueryError(
      'timeout',
      `The query did not end within ${milliseconds / 1000} s, and the engine is started again: filter earlier`,
    );
    const guard = this.#endHostUnlessDone(host, id, milliseconds + patienceMilliseconds, late);
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', abort);
      clearTimeout(guard);
      if (!signal?.aborted) for (const timer of timers) clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const host = await this.#host?.catch(() => undefined);
    await host?.end();
    await this.#downloads.endAll();
    this.#rejectAll(new QueryError('cancelled', 'The query engine was closed'));
  }

  #request<K extends Answer['of']>(of: K, host: Host, message: (id: number) => ToHost, sink: PageSink | undefined) {
    const id = this.#next++;
    const answer = new Promise<AnswerOf<K>>((resolve, reject) => {
      this.#pending.set(id, {
        resolve: (value) =>
          isAnswerOf(of, value)
            ? resolve(value)
            : reject(new QueryError('internal', 'The query engine gave another answer than was asked for')),
        reject,
        ...(sink ? { sink } : {}),
      });
    });
    host.send(message(id));
    return { id, answer };
  }

  #ready(): Promise<Host> {
    if (this.#closed) return Promise.reject(new QueryError('internal', 'The query engine is closed'));
    this.#host ??= this.#start();
    return this.#host;
  }

  #start(): Promise<Host> {
    this.#startedAt = this.clock.now().getTime();
    const starting = startHost(this.options, {
      message: (message) => this.#receive(message),
      exit: (how, byMemory) => this.#onExit(how, byMemory),
    });
    // Messages keep their order: whatever is asked of the new process sees what was provided.
    const ready = starting.then((host) => {
      const content = this.provided;
      if (content) host.send({ kind: 'provide', id: this.#next++, content });
      return host;
    });
    ready.catch(() => {
      this.#host = undefined;
    });
    return ready;
  }

  /** One that died soon after its start is started again by the next request only: it might die at once, for ever. */
  #onExit(how: string, byMemory: boolean): void {
    this.#host = undefined;
    void this.#downloads.endAll();
    this.#rejectAll(
      new QueryError(
        byMemory ? 'limit' : 'internal',
        `The query engine stopped while the query ran (its process ${how}) and is started again: run the query once more`,
      ),
    );
    if (this.#closed || this.clock.now().getTime() - this.#startedAt < 10_000) return;
    this.#host = this.#start();
  }

  #receive(message: FromHost): void {
    if (message.kind === 'opened' || message.kind === 'not-opened') return;
    if (message.kind === 'progress') {
      this.onProgress?.(message.progress);
      return;
    }
    if (message.kind === 'fetch') {
      void this.#fetch(message.id, message.url);
      return;
    }
    if (message.kind === 'end-fetch') {
      void this.#downloads.end(message.id);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.kind === 'page') {
      if (pending?.sink) void this.#takePage(message, pending, pending.sink);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === 'answer') {
      pending?.resolve(message.answer);
      return;
    }
    const { code, message: text, line, column, missing } = message.error;
    pending?.reject(new QueryError(code, text, line, column, missing));
  }

  async #fetch(id: number, url: string): Promise<void> {
    const host = await this.#host;
    const downloaded = await this.#downloads.fetch(id, url);
    host?.send({ kind: 'fetched', id, downloaded });
  }

  async #takePage(page: Extract<FromHost, { kind: 'page' }>, pending: Pending, sink: PageSink): Promise<void> {
    const { id, columns, rows } = page;
    const host = await this.#host;
    try {
      await sink({ columns, rows });
      host?.send({ kind: 'next', id });
    } catch (error) {
      host?.send({ kind: 'cancel', id });
      pending.reject(error);
    }
  }

  #endHostUnlessDone(host: Host, id: number, milliseconds: number, why: QueryError): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const pending = this.#pending.get(id);
      if (!pending) return;
      pending.reject(why);
      host.kill();
    }, milliseconds);
    timer.unref();
    return timer;
  }

  #rejectAll(error: QueryError): void {
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

function isAnswerOf<K extends Answer['of']>(of: K, answer: Answer): answer is AnswerOf<K> {
  return answer.of === of;
}
