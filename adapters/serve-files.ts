import type { Express, Response } from 'express';
import type { CoverageDeps } from '../src/hunting/coverage';
import { coverageFile } from '../src/hunting/coverage-file';
import { exportName, exportRows, exportText } from '../src/hunting/export-rows';
import { reportFile } from '../src/hunting/import-report';
import { fileBytes } from '../src/hunting/keep-file';
import type { Log } from '../src/log';
import type { Clock } from '../src/ports/clock';
import type { CoverageFile, ResultFile } from '../src/ports/links';
import type { Stores } from '../src/ports/stores';
import type { TableFiles } from '../src/ports/table-files';
import type { SignedLinks } from './signed-links';

interface ServeFilesDeps {
  links: SignedLinks;
  stores: CoverageDeps['stores'] & Pick<Stores, 'results' | 'pictures' | 'settings' | 'files'>;
  engines: CoverageDeps['engines'];
  tableFiles?: TableFiles | undefined;
  clock: Clock;
  log: Log;
}

/** GET /files/TOKEN: all rows of one query of a run, streamed, a picture, or the coverage; for whoever holds a signed link. */
export function serveFiles(http: Express, deps: ServeFilesDeps): void {
  http.get('/files/:token', async (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    const file = deps.links.open(request.params.token);
    if (file === 'forged') refuse(response, 404, 'There is no such file.');
    else if (file === 'expired') refuse(response, 410, 'This link has ended. Ask for the file again in the chat.');
    else if (file.kind === 'picture') await servePicture(deps, file.id, response);
    else if (file.kind === 'file') await serveKept(deps, file.id, response);
    else if (file.kind === 'coverage') await serveCoverage(deps, file, response);
    else await serveResult(deps, file, response);
  });
}

function refuse(response: Response, status: number, words: string): void {
  response.status(status).type('text/plain').send(`${words}\n`);
}

async function servePicture(deps: ServeFilesDeps, id: string, response: Response): Promise<void> {
  const picture = await deps.stores.pictures.get(id);
  if (!picture) return refuse(response, 410, 'This picture is no longer kept.');
  // The id is a hash of what is served: it never changes.
  response.setHeader('Cache-Control', 'private, max-age=86400, immutable');
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  response.setHeader('Content-Disposition', `inline; filename="talbot-${id.slice(0, 8)}.png"`);
  response.type('png').send(Buffer.from(picture.png, 'base64'));
}

/** Always as a download: what somebody attached must not run as a page of ours. */
async function serveKept(deps: ServeFilesDeps, id: string, response: Response): Promise<void> {
  const stored = await deps.stores.files.get(id);
  if (!stored) return refuse(response, 410, 'This file is no longer kept.');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('Content-Length', String(stored.size));
  response.attachment(stored.name).type(stored.mime);
  try {
    for await (const piece of fileBytes(deps.stores.results, id)) {
      if (response.destroyed) return;
      if (!response.write(piece))
        await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    response.end();
  } catch (error) {
    deps.log.error({ error, file: id }, 'a download ended half-way');
    response.destroy();
  }
}

async function serveCoverage(deps: ServeFilesDeps, file: CoverageFile, response: Response): Promise<void> {
  const { name, mime, bytes } = await coverageFile(deps, file);
  response.setHeader('Content-Type', mime);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.send(bytes);
}

/** What came of every file of an import. */
async function serveReport(deps: ServeFilesDeps, id: string, response: Response): Promise<void> {
  const report = await reportFile(deps.stores.results, id);
  if (!report) return refuse(response, 410, 'This report is no longer kept.');
  response.setHeader('Content-Type', report.mime);
  response.setHeader('Content-Disposition', `attachment; filename="${report.name}"`);
  response.send(Buffer.from(report.bytes));
}

async function serveResult(deps: ServeFilesDeps, file: ResultFile, response: Response): Promise<void> {
  if (/^[MI]-/.test(file.run)) return serveReport(deps, file.run, response);
  const run = await deps.stores.runs.get(file.run);
  const query = run?.queries.find((one) => one.id === file.query);
  if (!run || !query || query.state !== 'done' || run.purgedAt)
    return refuse(response, 410, 'The rows of this run are no longer kept.');
  const { name, mime } = exportName(run, query, file.format);
  response.setHeader('Content-Type', mime);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (file.format === 'parquet') {
    response.send(Buffer.from((await exportRows(deps, run, query, 'parquet')).bytes));
    return;
  }
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
}
