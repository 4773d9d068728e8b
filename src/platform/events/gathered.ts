import { type Change, joined } from './change.ts';

/** A product that everybody wants changes a thousand times a second: nobody needs to hear it more often than this. */
const GATHER_MS = 50;

/** Gathers changes of the same documents: the first is told on at once, those that follow it closely together. */
export class GatheredChanges {
  readonly #tell: (changes: Change[]) => Promise<void>;
  readonly #pending = new Map<string, Change>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(tell: (changes: Change[]) => Promise<void>) {
    this.#tell = tell;
  }

  add(change: Change): void {
    const earlier = this.#pending.get(change.mark);
    if (earlier) this.#pending.delete(change.mark);
    this.#pending.set(change.mark, joined(earlier, change));
    const wait = this.#toldAt + GATHER_MS - performance.now();
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, wait));
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }

  /** In their order, and never two lots at once. */
  #flush() {
    this.#timer = undefined;
    this.#toldAt = performance.now();
    const changes = [...this.#pending.values()];
    this.#pending.clear();
    this.#telling = this.#telling.then(() => this.#tell(changes));
  }
}
