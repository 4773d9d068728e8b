import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { AppError } from '../errors.ts';
import { type OpenSubscription, Refused } from '../graphql/live-operations.ts';
import { LIMITS } from '../limits/limits.ts';
import { HttpError, readJsonBody } from './body.ts';
import type { LiveServer, SentRequest } from './live.ts';
import { textOf } from './result-text.ts';
import { type Handler, sendJson } from './server.ts';

type Stream<C> = { req: IncomingMessage; res: ServerResponse; subscription: OpenSubscription<C> };

export type LiveStreams = {
  handler: Handler;
  recheck: () => Promise<void>;
  ping: () => void;
  count: () => number;
  close: () => Promise<void>;
};

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  // A proxy that gathers what it passes on would keep events back.
  'x-accel-buffering': 'no',
};

const STATUS: Partial<Record<AppError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TENANT_NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  SERVICE_UNAVAILABLE: 503,
};

const EVENTS_OR_JSON = /\b(text\/event-stream|application\/(?:graphql-response\+|graphql\+)?json)\b|\*\/\*/;

/** Whether a client wants a stream of events, and not JSON before it: some take either, and name both with each query. */
export const wantsEvents = ({ headers: { accept } }: IncomingMessage): boolean =>
  EVENTS_OR_JSON.exec(accept ?? '')?.[1] === 'text/event-stream';

/** Subscriptions as server-sent events, one request each: the protocol graphql-sse in its mode of distinct connections. */
export function liveStreams<C>(live: LiveServer<C>): LiveStreams {
  const streams = new Set<Stream<C>>();
  let stopping = false;

  async function send(req: IncomingMessage, res: ServerResponse) {
    if (stopping || streams.size >= LIMITS.listeners)
      throw new HttpError(503, 'Not now: try again in a moment');
    const request = await readRequest(req);
    const token = await admitted(live, req, res);
    if (token === null) return;
    // Behind what it did not read, an error would not arrive either.
    const opened = await live.open(req, request, () => void res.destroy()).catch(refusalOf);
    res.writeHead(200, HEADERS);
    res.write(`: resumeToken ${token}\n\n`);
    if (Array.isArray(opened)) return complete(res, { errors: opened });
    if (opened.answer) return complete(res, opened.answer);
    await sendAll({ req, res, subscription: opened.subscription });
  }

  async function sendAll(stream: Stream<C>) {
    const { res, subscription } = stream;
    const { results } = subscription;
    streams.add(stream);
    res.once('close', () => {
      streams.delete(stream);
      void results.return();
    });
    if (res.closed) return void results.return();
    try {
      for await (const result of results) await write(res, next(textOf(result)));
      if (!stopping) res.write('event: complete\ndata:\n\n');
    } catch (error) {
      if (!(error instanceof Refused)) live.onError(error);
      res.write(next(JSON.stringify({ errors: error instanceof Refused ? error.errors : [OUR_FAULT] })));
      res.write('event: complete\ndata:\n\n');
    }
    res.end();
  }

  async function recheck({ req, subscription }: Stream<C>) {
    try {
      await subscription.recheck(await live.contextOf(req));
    } catch (error) {
      if (
        error instanceof AppError &&
        STATUS[error.code] !== undefined &&
        error.code !== 'SERVICE_UNAVAILABLE'
      )
        subscription.results.end(new Refused([shownError(error)]));
      else live.onError(error);
    }
  }

  return {
    handler: send,
    count: () => streams.size,
    recheck: async () => {
      for (const stream of [...streams]) await recheck(stream);
    },
    ping: () => {
      for (const { res } of streams) res.write(':\n\n');
    },
    close: async () => {
      stopping = true;
      for (const { res, subscription } of streams) {
        res.write(': The server stops: connect again, with after\n\n');
        void subscription.results.return();
      }
    },
  };
}

const OUR_FAULT = { message: 'Something went wrong on our side', extensions: { code: 'INTERNAL' } };

/** Who asks is refused by a status, as with a POST; what they ask for is refused in the stream. */
async function admitted<C>(live: LiveServer<C>, req: IncomingMessage, res: ServerResponse) {
  try {
    await live.contextOf(req);
    return await live.resumeToken();
  } catch (error) {
    const status = error instanceof AppError ? STATUS[error.code] : undefined;
    if (status === undefined) throw error;
    sendJson(res, status, { errors: [shownError(error as AppError)] });
    return null;
  }
}

const shownError = ({ message, code, details }: AppError) => ({ message, extensions: { code, ...details } });

function refusalOf(error: unknown): GraphQLFormattedError[] {
  if (error instanceof Refused) return error.errors;
  throw error;
}

const next = (json: string) => `event: next\ndata: ${json}\n\n`;

function complete(res: ServerResponse, result: object) {
  res.end(`${next(JSON.stringify(result))}event: complete\ndata:\n\n`);
}

/** Resolves when it is out of our hands: who reads slowly is sent the next one only then. */
const write = (res: ServerResponse, text: string) =>
  new Promise<void>((resolve) => {
    if (res.closed) return resolve();
    res.write(text, () => resolve());
  });

async function readRequest(req: IncomingMessage): Promise<SentRequest> {
  if (req.method === 'POST') return readJsonBody(req);
  if (req.method !== 'GET') throw new HttpError(405, 'Subscribe by POST or GET', { allow: 'GET, POST' });
  const asked = new URL(req.url ?? '', 'http://any').searchParams;
  const json = (name: string) => {
    const text = asked.get(name);
    try {
      return text === null ? undefined : JSON.parse(text);
    } catch {
      throw new HttpError(400, `${name} is not JSON`);
    }
  };
  return { ...Object.fromEntries(asked), variables: json('variables'), extensions: json('extensions') };
}
