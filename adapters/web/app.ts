import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { ChatAdapter, ChatAdapterDeps } from '../chat-adapter';
import { createAttachedFiles } from './attached-files';
import { RequestError, requestErrorFrom } from './errors';
import { createEventStream } from './event-stream';
import { createGuard } from './guard';
import { attachedBytes, requestBytes } from './limits';
import { createMessageLog, type MessageStores } from './message-log';
import type { WireError } from './page/wire';
import {
  DeleteBody,
  EditBody,
  EventsQuery,
  FormBody,
  PageQuery,
  PressBody,
  SendBody,
  StateQuery,
  UploadQuery,
} from './payloads';
import { createLocalPlatform } from './platform';
import { createReader } from './read-messages';
import { createReceiver } from './receive';
import { createReplyCounts } from './reply-counts';
import { createStaticFiles } from './static-files';

export interface WebAdapterDeps extends ChatAdapterDeps {
  stores: MessageStores;
  /** What an empty channel offers to type first; `words` as they follow `/hunt`. */
  suggestions?: { words: string; does: string }[];
  /** Folder of the compiled page, where it is not the one that the build writes. */
  scripts?: string;
}

const firstThings = [
  { words: 'tables', does: 'See which logs there are' },
  { words: 'new Somebody sprays passwords at us', does: 'Start your first hunt' },
  { words: 'queries', does: 'See the hunting queries that are ready to run' },
];

/** The local chat page: `GET /`, `/page/…` and `/chat/…`. Mounted only in the local mode and on a loopback host. */
export function createWebAdapter(deps: WebAdapterDeps): ChatAdapter {
  const { dispatcher, clock, log } = deps;
  const now = () => clock.now();
  const messages = createMessageLog(deps.stores, clock);
  const counts = createReplyCounts(messages);
  const events = createEventStream();
  const files = createAttachedFiles();
  const platform = createLocalPlatform({ messages, counts, events, files });
  const receiver = createReceiver({ dispatcher, messages, platform, events, files, log, now });
  const reader = createReader({ dispatcher, messages, counts, suggestions: deps.suggestions ?? firstThings });
  let stopping = false;

  function api(): express.Router {
    const router = express.Router();
    router.use((_request, response, next) => {
      if (stopping) throw new RequestError(503, 'stopping', 'Talbot is stopping.');
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      next();
    });
    router.post(
      '/files',
      express.raw({ type: 'application/octet-stream', limit: attachedBytes }),
      (request, response) => {
        const { as, name } = read(UploadQuery, request.query);
        if (!Buffer.isBuffer(request.body)) throw new RequestError(400, 'bad-request', 'The file is empty.');
        response.json(files.keep({ person: as, name, bytes: request.body }));
      },
    );
    router.use(express.json({ limit: requestBytes }));
    router.get('/state', answer(StateQuery, reader.state, queryOf));
    router.get('/messages', answer(PageQuery, reader.page, queryOf));
    router.post('/messages', answer(SendBody, receiver.send, bodyOf));
    router.post('/messages/edit', answer(EditBody, receiver.edit, bodyOf));
    router.post('/messages/delete', answer(DeleteBody, receiver.remove, bodyOf));
    router.post('/press', answer(PressBody, receiver.press, bodyOf));
    router.post('/forms', answer(FormBody, receiver.submit, bodyOf));
    router.get('/events', (request, response) => {
      const { as, tab, after } = read(EventsQuery, request.query);
      events.open(response, { person: as, tab, after: request.get('Last-Event-ID') ?? after });
    });
    router.use(() => {
      throw new RequestError(404, 'not-found', 'There is no such address.');
    });
    return router;
  }

  const failed: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = requestErrorFrom(error);
    if (known === null) log.error({ err: error, path: request.path }, 'A request of the local page failed');
    const { status, code, message } = known ?? {
      status: 500,
      code: 'internal',
      message: 'Something broke; the log has it.',
    };
    response.status(status).json({ code, message } satisfies WireError);
  };

  return {
    platform,
    mount(http: Express) {
      const guard = createGuard();
      const statics = createStaticFiles(deps.scripts);
      http.get('/', guard.local, (request, response, next) => {
        guard.welcome(request, response);
        return statics.index(request, response, next);
      });
      http.use('/page', guard.local, statics.router, failed);
      http.use('/chat', guard.local, guard.known, api(), failed);
    },
    async start() {},
    async stop() {
      stopping = true;
      await receiver.settle();
      events.close();
    },
  };
}

function answer<T>(
  schema: z.ZodType<T>,
  act: (input: T) => Promise<object | undefined> | Promise<void>,
  from: (request: Request) => unknown,
) {
  return async (request: Request, response: Response): Promise<void> => {
    response.json((await act(read(schema, from(request)))) ?? {});
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RequestError(
    400,
    'bad-request',
    `${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'not understood'}`,
  );
}

function queryOf(request: Request): unknown {
  return request.query;
}

function bodyOf(request: Request): unknown {
  return request.body;
}
