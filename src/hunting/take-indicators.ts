import type { Context } from '../commands/context';
import { readIndicators } from '../content/readers/read-indicators';
import type { Tlp } from '../domain/indicator';
import { UserError } from '../errors';
import type { AddedLine } from '../views/indicator-card';
import { keepIndicator } from './keep-indicator';

/** A value takes a look-up and a write: so many are done in well under a minute on the embedded store. */
const mostLines = 20_000;

/** Keeps the indicators of a file; what is said for all of them beats what the file says. Each line of the file is accounted for. */
export async function takeIndicators(
  ctx: Context,
  file: { name: string; bytes: Uint8Array },
  said: {
    hunt?: string | undefined;
    confidence?: number | undefined;
    valid?: number | undefined;
    tlp?: Tlp | undefined;
    tags?: string[] | undefined;
    description?: string | undefined;
  },
): Promise<AddedLine[]> {
  const found = readIndicators(file.bytes, file.name);
  if (found.length === 0) throw new UserError('bad-input', `${file.name} holds no indicators.`);
  if (found.length > mostLines)
    throw new UserError(
      'too-large',
      `${file.name} holds ${found.length} indicators; ${mostLines} are taken at once.`,
      'Divide the file.',
    );
  const lines: AddedLine[] = [];
  for (const one of found) {
    const { read } = one;
    const why = 'fault' in read ? read.fault : one.revoked ? 'It was revoked by its author.' : (read.caution ?? '');
    if ('fault' in read || why !== '') {
      lines.push({ text: `${one.place}: ${one.text}`, outcome: 'left', key: '', why });
      continue;
    }
    const { indicator, outcome } = await keepIndicator(ctx, read, {
      hunt: said.hunt,
      name: one.name,
      description: said.description ?? one.description,
      confidence: said.confidence ?? one.confidence,
      tlp: said.tlp ?? one.tlp,
      tags: [...new Set([...(said.tags ?? []), ...(one.tags ?? [])])],
      validMilliseconds: said.valid,
      validUntil: said.valid === undefined ? one.validUntil : undefined,
    });
    lines.push({ text: one.text, outcome, key: indicator.id, why: '' });
  }
  return lines;
}
