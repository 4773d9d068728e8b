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

  /** `fault` says what went wrong with the body itself, which is no store's failure. */
  async put(
    key: string,
    bodyFor: () => Readable | Uint8Array,
    fault: () => Error | undefined = () => undefined,
  ): Promise<void> {
    const stores = this.#live;
    const results = await Promise.allSettled(stores.map((store) => store.put(key, bodyFor())));
    const error = fault();
    if (error) throw error;
    this.#live = stores.filter((_, i) => results[i]?.status === 'fulfilled');
    for (const [i, store] of stores.entries()) this.#note(store, results[i]);
  }

  #note(store: ObjectStore, result: PromiseSettledResult<void> | undefined): void {
    if (result?.status !== 'rejected') return;
    if (this.#live.length === 0) throw result.reason;
    this.#onFailure(store, result.reason);
  }
}
