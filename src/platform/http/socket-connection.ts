import type { IncomingMessage } from 'node:http';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { CloseCode, type Message, MessageType, parseMessage, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { badInput } from '../errors.ts';
import { type OpenSubscription, Refused } from '../graphql/live-operations.ts';
import { LIMITS } from '../limits/limits.ts';
import type { Connected } from './client-address.ts';
import { withParams } from './connection-params.ts';
import type { LiveServer } from './live.ts';
import { checkOrigin } from './origin-check.ts';
import { textOf } from './result-text.ts';
import { CLOSE, type Close, closeFor } from './socket-closes.ts';

/** How long the other end has to agree that it is over; who reads slowly takes longer to read that. */
const CLOSING_MS = 2_000;
const SLOW_CLOSING_MS = 10_000;

/** One operation of a socket; without a subscription until that is open, and for what is answered once. */
type Operation<C> = { subscription?: OpenSubscription<C> };

/** One client by the protocol graphql-transport-ws; a mistake in one operation is told it, and the others go on. */
export class SocketConnection<C> {
  readonly #live: LiveServer<C>;
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #operations = new Map<string, Operation<C>>();
  readonly #init: NodeJS.Timeout;
  #initSeen = false;
  /** As it was let in; null until then. */
  #asked: Connected | null = null;
  #answersPings = true;

  constructor(live: LiveServer<C>, socket: WebSocket, request: IncomingMessage) {
    this.#live = live;
    this.#socket = socket;
    this.#request = request;
    this.#init = setTimeout(() => this.#closeUnlessInit(), LIMITS.socketInitMs);
    // What is wrong with a frame, ws answers by closing.
    socket.on('error', () => {});
    socket.on('pong', () => {
      this.#answersPings = true;
    });
    socket.on('message', (data) => void this.#hear(String(data)));
    socket.once('close', () => this.#end());
  }

  /** Says why, and does not wait for long that the other end agrees. */
  close([code, reason]: Close, withinMs = CLOSING_MS): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.#socket.terminate(), withinMs);
    this.#socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    this.#socket.close(code, reason);
    return promise;
  }

  ping(): void {
    if (this.#answersPings) this.#socket.ping();
    else this.#socket.terminate();
    this.#answersPings = false;
  }

  /** Asks anew who it is, and whether each of its subscriptions is still permitted. */
  async recheck(): Promise<void> {
    const asked = this.#asked;
    const open = [...this.#operations.values()].flatMap(({ subscription }) => subscription ?? []);
    if (!asked || open.length === 0) return;
    try {
      const context = await this.#live.contextOf(asked);
      await Promise.all(open.map((subscription) => subscription.recheck(context)));
    } catch (error) {
      const close = closeFor(error);
      if (close) void this.close(close);
      else this.#live.onError(error);
    }
  }

  async #hear(text: string): Promise<void> {
    const message = readMessage(text);
    if (!message) return this.#socket.close(CloseCode.BadRequest, 'Invalid message received');
    if (message.type === MessageType.ConnectionInit) return this.#let(message.payload);
    if (message.type === MessageType.Ping)
      return this.#send(JSON.stringify({ type: MessageType.Pong, payload: message.payload }));
    if (message.type === MessageType.Complete) return this.#stop(message.id);
    if (message.type === MessageType.Subscribe) return this.#start(message.id, message.payload);
  }

  async #let(params: Record<string, unknown> | undefined): Promise<void> {
    if (this.#initSeen)
      return this.#socket.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
    this.#initSeen = true;
    try {
      const asked = withParams(this.#request, params);
      await this.#live.contextOf(asked);
      await checkOrigin(this.#live.origins, this.#request, asked);
      const payload = { resumeToken: await this.#live.resumeToken() };
      this.#asked = asked;
      await this.#send(JSON.stringify({ type: MessageType.ConnectionAck, payload }));
    } catch (error) {
      const close = closeFor(error);
      if (!close) this.#live.onError(error);
      void this.close(close ?? CLOSE.busy);
    }
  }

  async #start(id: string, payload: SubscribePayload): Promise<void> {
    const asked = this.#asked;
    if (!asked) return this.#socket.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.#operations.has(id))
      return this.#socket.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    const operation: Operation<C> = {};
    this.#operations.set(id, operation);
    try {
      if (this.#operations.size > LIMITS.socketOperations) throw tooMany;
      await this.#answer(id, operation, asked, payload);
      if (this.#operations.get(id) === operation) await this.#send(messageOf('complete', id));
    } catch (error) {
      if (this.#operations.get(id) === operation)
        await this.#send(messageOf('error', id, this.#errorsOf(error)));
    } finally {
      if (this.#operations.get(id) === operation) this.#operations.delete(id);
    }
  }

  async #answer(id: string, operation: Operation<C>, asked: Connected, payload: SubscribePayload) {
    const opened = await this.#live.open(
      asked,
      { ...payload },
      () => void this.close(CLOSE.tooSlow, SLOW_CLOSING_MS),
    );
    if (opened.answer) return this.#next(id, opened.answer);
    const { results } = opened.subscription;
    // It may have been completed, or the socket closed, while it was opened.
    if (this.#operations.get(id) !== operation) return void results.return();
    operation.subscription = opened.subscription;
    for await (const result of results) await this.#next(id, result);
  }

  #errorsOf(error: unknown): GraphQLFormattedError[] {
    if (error instanceof Refused) return error.errors;
    this.#live.onError(error);
    return [{ message: 'Something went wrong on our side', extensions: { code: 'INTERNAL' } }];
  }

  #stop(id: string) {
    const operation = this.#operations.get(id);
    this.#operations.delete(id);
    void operation?.subscription?.results.return();
  }

  #next = (id: string, result: FormattedExecutionResult) =>
    this.#send(`{"id":${JSON.stringify(id)},"type":"next","payload":${textOf(result)}}`);

  /** Resolves when what was sent is out of our hands: who reads slowly is sent the next one only then. */
  #send(text: string): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    // After an error it is closed, which is heard of elsewhere.
    return new Promise((resolve) => this.#socket.send(text, () => resolve()));
  }

  #closeUnlessInit() {
    if (!this.#initSeen)
      this.#socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
  }

  #end() {
    clearTimeout(this.#init);
    for (const id of [...this.#operations.keys()]) this.#stop(id);
  }
}

const tooMany = new Refused([
  {
    message: `A connection has at most ${LIMITS.socketOperations} operations at once: complete one, or open another`,
    extensions: { code: badInput('').code, limit: LIMITS.socketOperations },
  },
]);

const messageOf = (type: 'complete' | 'error', id: string, payload?: GraphQLFormattedError[]) =>
  JSON.stringify({ id, type, payload });

function readMessage(text: string): Message | null {
  try {
    return parseMessage(text);
  } catch {
    return null;
  }
}
