import type { TokenCredential } from '@azure/identity';

export const fakeToken = 'a-token-for-tests';

/** Gives the same token always and remembers for whom. */
export function staticCredential(): TokenCredential & { scopes: string[] } {
  const scopes: string[] = [];
  return {
    scopes,
    async getToken(scope) {
      scopes.push(...[scope].flat());
      return { token: fakeToken, expiresOnTimestamp: 4_102_444_800_000 };
    },
  };
}
