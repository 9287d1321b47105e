import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../src/log';

/** Bolt's own words in Talbot's log; its debug lines repeat whole payloads and are left out, its information is routine. */
export function boltLog(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words: unknown[]) => log.warn({ from: 'slack' }, told(words)),
    error: (...words: unknown[]) =>
      log.error({ from: 'slack', err: words.find((word) => word instanceof Error) }, told(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function told(words: unknown[]): string {
  return words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ');
}
