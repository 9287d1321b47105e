import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Signs as the Bot Connector does, and publishes its keys. */
export interface TokenIssuer {
  jwks(): object;
  /** `Bearer …`; claims given here take the place of the right ones. */
  authorization(claims: Record<string, unknown>): string;
}

export function createTokenIssuer(appId: string, serviceUrl: string, published = true): TokenIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = `key-${Math.random().toString(36).slice(2)}`;
  return {
    jwks: () => ({
      keys: published ? [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', endorsements: ['msteams'] }] : [],
    }),
    authorization(claims) {
      const seconds = Math.floor(Date.now() / 1000);
      const right = {
        iss: 'https://api.botframework.com',
        aud: appId,
        serviceurl: serviceUrl,
        nbf: seconds - 60,
        exp: seconds + 600,
      };
      return `Bearer ${signed({ alg: 'RS256', typ: 'JWT', kid }, { ...right, ...claims }, privateKey)}`;
    },
  };
}

function signed(header: object, claims: object, key: KeyObject): string {
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
}
