import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { webAppManifest } from './manifest';

export interface StaticFiles {
  index: RequestHandler;
  /** `/page/…`: style sheet, icon and manifest from the sources, scripts from where they were compiled to, lit-html from its package. */
  router: Router;
}

/** `scripts` is the folder of the compiled page; by default the one that `npm run build` writes. */
export function createStaticFiles(scripts?: string): StaticFiles {
  const root = projectRoot(__dirname);
  const page = join(root, 'adapters', 'web', 'page');
  const compiled = scripts ?? join(root, 'dist', 'adapters', 'web', 'page');
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const policy = contentPolicy(html);

  function headers(response: Response): void {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  }

  const router = express.Router();
  router.use((_request, response, next) => {
    headers(response);
    response.setHeader('Cache-Control', 'no-cache');
    next();
  });
  router.get('/manifest.webmanifest', (_request, response) => {
    response.type('application/manifest+json').send(JSON.stringify(webAppManifest()));
  });
  for (const name of readdirSync(page).filter((file) => /\.(?:css|svg)$/.test(file))) {
    router.get(`/${name}`, (_request, response) => response.sendFile(join(page, name)));
  }
  router.use('/script', express.static(compiled, { index: false, extensions: [], fallthrough: false }));
  router.use('/lit-html', express.static(litHtmlFolder(), { index: false, fallthrough: false }));

  return {
    router,
    index(_request, response) {
      headers(response);
      response.setHeader('Cache-Control', 'no-store');
      if (!existsSync(join(compiled, 'main.js'))) {
        response.status(503).type('text/plain').send('The page is not built yet: npm run build');
        return;
      }
      response.type('html').send(html);
    },
  };
}

/** Scripts, styles and pictures of this server only; the one inline script, the import map, by its hash. */
function contentPolicy(html: string): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html talbot-message',
  ].join('; ');
}

/** The same from `dist/` and from the sources. */
function projectRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('The project’s package.json was not found above the local page');
  return projectRoot(parent);
}

/** Where Node finds the package is its folder for servers, `node/`; the browser's files lie one above. */
function litHtmlFolder(): string {
  return dirname(dirname(require.resolve('lit-html')));
}
