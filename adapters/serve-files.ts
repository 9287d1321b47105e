import type { Express } from 'express';
import { exportName, exportText } from '../src/hunting/export-rows';
import type { Log } from '../src/log';
import type { Stores } from '../src/ports/stores';
import type { SignedLinks } from './signed-links';

/** GET /files/TOKEN: all rows of one query of a run, streamed; for whoever holds a signed link. */
export function serveFiles(
  http: Express,
  deps: { links: SignedLinks; stores: Pick<Stores, 'runs' | 'results'>; log: Log },
): void {
  http.get('/files/:token', async (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    const file = deps.links.open(request.params.token);
    if (file === 'forged') {
      response.status(404).type('text/plain').send('There is no such file.\n');
      return;
    }
    if (file === 'expired') {
      response.status(410).type('text/plain').send('This link has ended. Ask for the file again in the chat.\n');
      return;
    }
    const run = await deps.stores.runs.get(file.run);
    const query = run?.queries.find((one) => one.id === file.query);
    if (!run || !query || query.state !== 'done' || run.purgedAt) {
      response.status(410).type('text/plain').send('The rows of this run are no longer kept.\n');
      return;
    }
    const { name, mime } = exportName(run, query, file.format);
    response.setHeader('Content-Type', mime);
    response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
    try {
      for await (const piece of exportText(deps.stores.results, run, query, file.format)) {
        if (response.destroyed) return;
        if (!response.write(piece))
          await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
      }
      response.end();
    } catch (error) {
      deps.log.error({ error, run: run.id }, 'a download ended half-way');
      response.destroy();
    }
  });
}
