import type { Context } from '../commands/context';
import type { Comment } from '../domain/comment';
import { UserError } from '../errors';
import { fetchAttached } from './fetch-attached';
import { keepFile } from './keep-file';

/** Of one comment: files of a case, not archives of a disk. */
const mostFiles = 10;
const mostBytes = 20_000_000;

/** Keeps what was attached to a comment as evidence; what could not be kept is named with its reason. */
export async function keepAttachments(ctx: Context): Promise<Pick<Comment, 'files' | 'leftOut'>> {
  const files: NonNullable<Comment['files']> = [];
  const leftOut: NonNullable<Comment['leftOut']> = [];
  for (const [at, file] of ctx.files.entries()) {
    const name = cleanName(file.name);
    if (at >= mostFiles) {
      leftOut.push({ name, why: `a comment keeps ${mostFiles} files at most` });
      continue;
    }
    try {
      const bytes = await fetchAttached(ctx, file, mostBytes);
      // Whatever it is, it is only ever handed out as a download.
      const { stored } = await keepFile(ctx, { name, mime: 'application/octet-stream', bytes }, ctx.person, 'evidence');
      files.push({ id: stored.id, name, size: stored.size });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      leftOut.push({ name, why: error.message });
    }
  }
  return { ...(files.length > 0 ? { files } : {}), ...(leftOut.length > 0 ? { leftOut } : {}) };
}

/** A name without folders, control characters or turned directions, that any system can hold. */
function cleanName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1) ?? '';
  const clean = bare
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '_')
    .trim();
  return clean.slice(-120) || 'file';
}
