import type { Readable } from 'node:stream';
import type { ObjectStore } from '../object-store/object-store.ts';

type TargetOptions = {
  stores: ObjectStore[];
  onFailure?: (store: ObjectStore, error: Error) => void;
};

/** The stores of one snapshot. One that fails gets no more of it, and the others do; where none is left, it throws. */
export class Targets {
  readonly #onFailure: (store: ObjectStore, error: Error) => void;
  #live: ObjectStore[];

  constructor({ stores, onFailure = () => {} }: TargetOptions) {
    this.#live = stores;
    this.#onFailure = onFailure;
  }

  /**
   * `fault` says what went wrong with the body itself, which is no store's failure. A store that fails while another file
   * is still on its way is left out once that is over.
   */
  async put(
    key: string,
    bodyFor: () => Readable | Uint8Array,
    fault: () => Error | undefined = () => undefined,
  ): Promise<void> {
    const stores = this.#live;
    const results = await Promise.allSettled(stores.map((store) => store.put(key, bodyFor())));
    const error = fault();
    if (error) throw error;
    for (const [i, store] of stores.entries()) {
      const result = results[i];
      if (result?.status === 'rejected') this.#leaveOut(store, result.reason);
    }
    if (this.#live.length === 0) throw this.#lastFault;
  }

  /** What is left of a try that came to nothing; where a store does not answer, `prune` finds it later. */
  async removeAll(prefix: string): Promise<void> {
    await Promise.allSettled(this.#live.map((store) => removeAll(store, prefix)));
  }

  #lastFault: unknown;

  #leaveOut(store: ObjectStore, error: Error): void {
    if (!this.#live.includes(store)) return;
    this.#lastFault = error;
    this.#live = this.#live.filter((other) => other !== store);
    if (this.#live.length > 0) this.#onFailure(store, error);
  }
}

async function removeAll(store: ObjectStore, prefix: string): Promise<void> {
  for await (const { key } of store.list(prefix)) await store.remove(key);
}
