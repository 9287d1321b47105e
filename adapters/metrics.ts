import type { Express } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { JobQueue } from '../src/ports/job-queue';

/** GET /metrics: the process's own numbers (memory, event-loop lag …) and the queue's, as Prometheus reads them. */
export function serveMetrics(http: Express, deps: { queue: JobQueue }): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'talbot_jobs',
    help: 'Jobs by name and state; waiting ones could start now.',
    labelNames: ['name', 'state'],
    registers: [registry],
    async collect() {
      for (const [name, counts] of Object.entries(await deps.queue.counts()))
        for (const [state, count] of Object.entries(counts)) this.set({ name, state }, count);
    },
  });
  http.get('/metrics', async (_request, response) => {
    try {
      const text = await registry.metrics();
      response.setHeader('Content-Type', registry.contentType);
      response.send(text);
    } catch {
      // The queue does not answer: /readyz says so; a scrape fails visibly rather than showing old numbers.
      response.status(503).type('text/plain').send('the queue does not answer\n');
    }
  });
}
