import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DownloadRefused, downloadFile } from './download-file';
import { type ListedHosts, listedHosts } from './listed-hosts';
import { shownUrl } from './shown-url';

export type Downloaded =
  | { file: string; bytes: number }
  | { refused: { code: 'refused' | 'limit' | 'unsupported'; message: string } };

/**
 * Fetches files for the host process, which uses no network itself. This side fetches and never looks into what came; the
 * other unpacks and parses, and can be killed. Files live until `end` is told of them.
 */
export class Downloads {
  readonly #hosts: ListedHosts;
  readonly #open = new Map<number, { stop: AbortController; file: string }>();

  constructor(
    hosts: readonly string[],
    private readonly folder: string,
  ) {
    this.#hosts = listedHosts(hosts);
  }

  async fetch(id: number, url: string): Promise<Downloaded> {
    const one = { stop: new AbortController(), file: path.join(this.folder, `external-${randomUUID()}`) };
    this.#open.set(id, one);
    try {
      await mkdir(this.folder, { recursive: true });
      return { file: one.file, bytes: await downloadFile(url, one.file, this.#hosts, one.stop.signal) };
    } catch (error) {
      if (error instanceof DownloadRefused) return { refused: { code: error.code, message: error.message } };
      if (one.stop.signal.aborted)
        return { refused: { code: 'refused', message: `${shownUrl(url)} is not wanted any more` } };
      const message = error instanceof Error ? error.message : String(error);
      return { refused: { code: 'refused', message: `${shownUrl(url)} cannot be kept: ${message}` } };
    }
  }

  /** Ends the fetching, if it still goes on, and removes the file. */
  async end(id: number): Promise<void> {
    const one = this.#open.get(id);
    if (!one) return;
    this.#open.delete(id);
    one.stop.abort(new Error('the query has ended'));
    await rm(one.file, { force: true });
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.end(id)));
  }
}
