export interface PostPace {
  /** Runs `post` when the channel's turn has come; posts to one channel keep their order. */
  take<T>(channel: string, post: () => Promise<T>): Promise<T>;
}

interface Line {
  used: number;
  waiting: (() => void)[];
  last: Promise<unknown>;
  timer: NodeJS.Timeout | undefined;
}

/** chat.postMessage takes about one message a second in a channel, and short bursts (api.slack.com/docs/rate-limits). */
export function createPostPace(burst = 4, refillMs = 1000): PostPace {
  const lines = new Map<string, Line>();

  function tick(channel: string, line: Line): void {
    line.timer = setTimeout(refill, refillMs, channel, line);
    // Only somebody who waits keeps the process alive.
    if (line.waiting.length === 0) line.timer.unref();
  }

  function refill(channel: string, line: Line): void {
    line.timer = undefined;
    line.used -= 1;
    const next = line.waiting.shift();
    if (next !== undefined) line.used += 1;
    if (line.used > 0) tick(channel, line);
    else lines.delete(channel);
    next?.();
  }

  async function turn(channel: string, line: Line): Promise<void> {
    if (line.used >= burst) {
      line.timer?.ref();
      await new Promise<void>((resolve) => line.waiting.push(resolve));
      return;
    }
    line.used += 1;
    if (line.timer === undefined) tick(channel, line);
  }

  return {
    take(channel, post) {
      const line = lines.get(channel) ?? { used: 0, waiting: [], last: Promise.resolve(), timer: undefined };
      lines.set(channel, line);
      const mine = line.last.then(() => turn(channel, line)).then(post);
      line.last = mine.catch(() => undefined);
      return mine;
    },
  };
}
