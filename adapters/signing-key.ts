import { randomBytes } from 'node:crypto';
import { ConflictError } from '../src/errors';
import type { Stores } from '../src/ports/stores';

const id = 'link-signing-key';

/** The installation's key for download links: made once, shared by all its processes. */
export async function signingKey(stores: Pick<Stores, 'settings'>): Promise<string> {
  const known = await stores.settings.get(id);
  if (known) return known.value;
  try {
    return (await stores.settings.insert({ id, value: randomBytes(32).toString('base64url') })).value;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return signingKey(stores);
  }
}
