import type { Express } from 'express';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';

/** GET /healthz: the process answers. GET /readyz: its store and its queue answer too, or which does not. */
export function serveHealth(http: Express, deps: { stores: Pick<Stores, 'settings'>; queue: JobQueue }): void {
  http.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  http.get('/readyz', async (_request, response) => {
    const faults: string[] = [];
    await within(deps.stores.settings.get('link-signing-key')).catch(() => faults.push('store'));
    await within(deps.queue.counts()).catch(() => faults.push('queue'));
    response.status(faults.length === 0 ? 200 : 503).json({ ready: faults.length === 0, faults });
  });
}

function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in 3 seconds')), 3000);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
