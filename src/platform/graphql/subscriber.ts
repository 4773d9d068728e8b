import type { FormattedExecutionResult } from 'graphql';
import { LIMITS } from '../limits/limits.ts';

/** What one subscriber is to be sent, as a stream; it is bounded, for who does not read must not fill the memory. */
export class Subscriber implements AsyncIterableIterator<FormattedExecutionResult> {
  readonly #onFull: () => void;
  readonly #onEnd: () => void;
  readonly #waiting: FormattedExecutionResult[] = [];
  #reader: PromiseWithResolvers<IteratorResult<FormattedExecutionResult>> | null = null;
  #drained: PromiseWithResolvers<void> | null = null;
  #ended = false;
  #failure: unknown;

  constructor(onFull: () => void, onEnd: () => void) {
    this.#onFull = onFull;
    this.#onEnd = onEnd;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  push(result: FormattedExecutionResult): void {
    if (this.#ended) return;
    const reader = this.#reader;
    this.#reader = null;
    if (reader) reader.resolve({ done: false, value: result });
    else if (this.#waiting.push(result) > LIMITS.waitingEvents) {
      this.#waiting.length = 0;
      this.#onFull();
    }
  }

  /** Resolves when most of what it was sent has been read. */
  async room(): Promise<void> {
    while (this.#waiting.length > LIMITS.waitingEvents / 4 && !this.#ended) {
      this.#drained ??= Promise.withResolvers();
      await this.#drained.promise;
    }
  }

  /** Ends it behind what is still waiting; with an error, where there is one. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#drain();
    this.#onEnd();
    const reader = this.#reader;
    this.#reader = null;
    if (!reader) return;
    if (failure === undefined) reader.resolve({ done: true, value: undefined });
    else reader.reject(failure);
    this.#failure = undefined;
  }

  next(): Promise<IteratorResult<FormattedExecutionResult>> {
    const value = this.#waiting.shift();
    if (this.#waiting.length <= LIMITS.waitingEvents / 4) this.#drain();
    if (value) return Promise.resolve({ done: false, value });
    if (!this.#ended) {
      this.#reader = Promise.withResolvers();
      return this.#reader.promise;
    }
    const failure = this.#failure;
    this.#failure = undefined;
    return failure === undefined
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(failure);
  }

  /** When who reads has had enough. */
  async return(): Promise<IteratorResult<FormattedExecutionResult>> {
    this.#waiting.length = 0;
    this.end();
    return { done: true, value: undefined };
  }

  #drain() {
    this.#drained?.resolve();
    this.#drained = null;
  }
}
