import type { AccessToken, TokenCredential } from '@azure/identity';
import type { Clock } from '../../ports/clock';
import { orAborted } from './request-limits';

const renewBefore = 5 * 60_000;
const longestWait = 30_000;

/**
 * The credential with its tokens kept until five minutes before they end (or until it says itself): a managed identity's endpoint
 * would be asked before every query otherwise, and turns callers away who ask often.
 */
export function keepTokens(credential: TokenCredential, clock: Clock): TokenCredential {
  const kept = new Map<string, Promise<AccessToken | null>>();

  async function renewed(scope: string, held: Promise<AccessToken | null> | undefined): Promise<AccessToken | null> {
    const token = await held?.catch(() => null);
    if (token && clock.now().getTime() < (token.refreshAfterTimestamp ?? token.expiresOnTimestamp - renewBefore))
      return token;
    // One that never answers would hold up everyone after it.
    const signal = AbortSignal.timeout(longestWait);
    return orAborted(credential.getToken(scope, { abortSignal: signal }), signal);
  }

  return {
    async getToken(scopes, options) {
      const [scope, ...more] = [scopes].flat();
      // Asked with claims, the service has just refused the token that is kept.
      if (scope === undefined || more.length > 0 || options?.claims) return credential.getToken(scopes, options);
      const next = renewed(scope, kept.get(scope));
      kept.set(scope, next);
      return next;
    },
  };
}
