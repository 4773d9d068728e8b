import { type Change, joined } from './change.ts';

/** What happened lately, in the order of its tokens and without a gap, for those who were away for a moment. */
export class RecentChanges {
  readonly #most: number;
  #changes = new Map<string, Change>();
  #from: string;

  constructor(from: string, most: number) {
    this.#from = from;
    this.#most = most;
  }

  /** Everything behind this token is here. */
  get from(): string {
    return this.#from;
  }

  add(change: Change): void {
    const earlier = this.#changes.get(change.mark);
    // Taken out first, so that it stands at the end.
    if (earlier) this.#changes.delete(change.mark);
    this.#changes.set(change.mark, joined(earlier, change));
    if (this.#changes.size > this.#most) this.#dropFirst();
  }

  /** Puts in front what happened before; false when there is no room for it. */
  prepend(older: RecentChanges): boolean {
    if (older.#changes.size + this.#changes.size > this.#most) return false;
    const later = this.#changes;
    this.#changes = older.#changes;
    this.#from = older.#from;
    for (const change of later.values()) this.add(change);
    return true;
  }

  after(token: string, type: string): Change[] {
    return [...this.#changes.values()].filter((change) => change.type === type && change.token > token);
  }

  #dropFirst() {
    const [first] = this.#changes.values();
    if (!first) return;
    this.#changes.delete(first.mark);
    this.#from = first.token;
  }
}
