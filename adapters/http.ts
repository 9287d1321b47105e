import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export interface HttpServer {
  app: Express;
  /** Resolves to the port in use; rejects with a sentence where it is taken. */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** The one HTTP server of the bot. No body parser is installed: signatures are over raw bytes. */
export function createHttpServer(): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  let server: Server | undefined;
  return {
    app,
    listen(port, host) {
      return new Promise((resolve, reject) => {
        const created = createServer(app);
        server = created;
        created.requestTimeout = 30_000;
        created.headersTimeout = 10_000;
        created.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new Error(`Port ${port} is taken. Set PORT to another one, or stop what listens there.`)
              : error,
          ),
        );
        created.listen(port, host, () => resolve((created.address() as AddressInfo).port));
      });
    },
    async close() {
      const closing = server;
      if (!closing) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
  };
}
