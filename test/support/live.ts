import { once } from 'node:events';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
type Json = any;

export type Told = { data?: Json; errors?: { message: string; extensions: Record<string, unknown> }[] };

export type Listening = {
  /** All that it was told till now. */
  told: Told[];
  /** Waits until it was told so much. */
  count: (n: number) => Promise<Told[]>;
  /** How it ended; null while it goes on. */
  ended: () => unknown;
  stop: () => void;
};

export type LiveClient = {
  client: Client;
  /** Where it would continue, as the server said when it let it in. */
  resumeToken: () => Promise<string>;
  listen: (query: string, variables?: Record<string, unknown>) => Listening;
  /** The codes that its sockets were closed with. */
  closes: { code: number; reason: string }[];
};

export type LiveOptions = { params?: Record<string, string>; retries?: number };

/** A client of the API's WebSocket, which connects at its first use; gone after the test. */
export function liveClient(url: string, { params = {}, retries = 0 }: LiveOptions = {}): LiveClient {
  const closes: LiveClient['closes'] = [];
  const connected = Promise.withResolvers<string>();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: params,
    lazy: false,
    retryAttempts: retries,
    onNonLazyError: () => {},
    on: {
      connected: (_, payload) => connected.resolve((payload as { resumeToken: string }).resumeToken),
      closed: (event) => closes.push(event as { code: number; reason: string }),
    },
  });
  onTestFinished(() => void client.dispose());
  return {
    client,
    closes,
    resumeToken: () => connected.promise,
    listen: (query, variables = {}) => listenWith(client, query, variables),
  };
}

function listenWith(client: Client, query: string, variables: Record<string, unknown>): Listening {
  const told: Told[] = [];
  let end: unknown = null;
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result: FormattedExecutionResult) => void told.push(result as Told),
      error: (error) => {
        end = error;
      },
      complete: () => {
        end ??= 'complete';
      },
    },
  );
  return {
    told,
    stop,
    ended: () => end,
    count: async (n) => {
      await eventually(() => told.length).toBeGreaterThanOrEqual(n);
      return told;
    },
  };
}

/** A socket without a client that knows the protocol. */
export async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}
