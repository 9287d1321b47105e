import { Redis } from 'ioredis';

/** Whether Redis answers, and whether it can lose jobs: without an append-only file a crash does, an eviction policy may at any time. */
export async function checkUpRedis(url: string): Promise<{ found: string; faults: string[] }> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 5000,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '?';
    const faults: string[] = [];
    const append = await setting(redis, 'appendonly');
    const policy = await setting(redis, 'maxmemory-policy');
    if (append === 'no') faults.push('Redis keeps no append-only file: a crash loses jobs. Set “appendonly yes”.');
    if (policy !== null && policy !== 'noeviction')
      faults.push(`Redis may throw jobs away (maxmemory-policy ${policy}). Set “maxmemory-policy noeviction”.`);
    return { found: `Redis ${version}${append === null ? '; its settings may not be read here' : ''}`, faults };
  } catch (error) {
    return { found: '', faults: [`Redis does not answer: ${error instanceof Error ? error.message : String(error)}`] };
  } finally {
    redis.disconnect();
  }
}

/** Null where a managed Redis forbids CONFIG. */
async function setting(redis: Redis, name: string): Promise<string | null> {
  try {
    const [, value] = (await redis.config('GET', name)) as string[];
    return value ?? null;
  } catch {
    return null;
  }
}
