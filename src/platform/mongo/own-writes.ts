import type { Timestamp } from 'mongodb';

/** When something was changed: milliseconds since 1970, and the database's own time where that is known. */
export type Moment = { at: number; time: Timestamp | null };

/** Just now, as far as anybody knows. */
export const unknownMoment = (): Moment => ({ at: Date.now(), time: null });

/** What one caller has changed: before this request, as they say themselves, and in it. */
export class OwnWrites {
  /** Null for who names no change. */
  readonly before: Moment | null;
  #time: Timestamp | null = null;

  constructor(before: Moment | null = null) {
    this.before = before;
  }

  /** A transaction, at this time; what had been answered before it is older. */
  committed(time: Timestamp | undefined): void {
    this.#time = time ?? null;
  }

  /** A write of whose time the driver tells nothing. */
  beside(): void {
    this.#time = null;
  }

  /** For the caller to name when they read. */
  get moment(): Moment {
    return { at: Date.now(), time: this.#time };
  }
}
