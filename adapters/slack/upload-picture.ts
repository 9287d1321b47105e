import { z } from 'zod';
import type { Log } from '../../src/log';
import type { PictureFiles } from '../chat-adapter';
import { patiently } from './errors';
import { withoutTricks } from './text';
import type { Workspaces } from './workspaces';

export interface UploadDeps {
  workspaces: Workspaces;
  files?: (() => PictureFiles) | undefined;
  log: Log;
}

/** Brings a picture to Slack and resolves to its file's id; undefined where that is not possible. */
export interface PictureUploads {
  upload(tenant: string, url: string, alt: string): Promise<string | undefined>;
  /** The next time it is brought there anew. */
  forget(tenant: string, url: string): void;
}

const Uploaded = z.object({ files: z.array(z.object({ files: z.array(z.object({ id: z.string() })).min(1) })).min(1) });

/** Ids kept, so that a card that is edited does not bring its picture again. */
const mostKept = 500;

/** docs.slack.dev, files.getUploadURLExternal: alternative text of 1,000 characters. */
const longestAlt = 1000;

export function createPictureUploads({ workspaces, files, log }: UploadDeps): PictureUploads {
  const kept = new Map<string, string>();
  const keyOf = (tenant: string, url: string) => `${tenant} ${url}`;

  async function bring(tenant: string, url: string, alt: string): Promise<string | undefined> {
    const png = await files?.().read(url);
    if (!png) return undefined;
    const client = await workspaces.client(tenant);
    // Without a channel: the message that shows it is what shares it.
    const answer = await patiently(() =>
      client.filesUploadV2({
        file: Buffer.from(png),
        filename: 'picture.png',
        title: withoutTricks(alt.slice(0, 200)) || 'picture',
        alt_text: withoutTricks(alt.slice(0, longestAlt)),
      }),
    );
    return Uploaded.parse(answer).files[0]?.files[0]?.id;
  }

  return {
    async upload(tenant, url, alt) {
      const known = kept.get(keyOf(tenant, url));
      if (known !== undefined) return known;
      try {
        const id = await bring(tenant, url, alt);
        if (id === undefined) return undefined;
        const [oldest] = kept.keys();
        if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
        kept.set(keyOf(tenant, url), id);
        return id;
      } catch (error) {
        log.warn({ err: error }, 'a picture could not be brought to Slack: it is named instead');
        return undefined;
      }
    },
    forget: (tenant, url) => void kept.delete(keyOf(tenant, url)),
  };
}
