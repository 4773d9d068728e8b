import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type Document, ObjectId } from 'mongodb';
import { outbox } from '../events/collections.ts';
import type { StreamObserver } from '../events/entries.ts';
import { ANY_TENANT, tags, type Watched } from '../mongo/reads.ts';
import { cacheCleared } from './cleared.ts';

/** Nothing is answered that may be older than what was acknowledged so long ago. */
export const MOST_BEHIND_MS = 200;
/** Where nothing was heard for longer than this, something is wrong, and nobody waits for it to pass. */
const WORTH_WAITING_MS = 1_000;
const PATIENCE_MS = 100;
const MOST_TAGS = 100_000;
const MOST_TENANTS = 50_000;

/** What was made of the data as it was at `asOf`, a token of the change stream, or later. */
export type Made = { tags: readonly string[]; asOf: string };

type Unknown = { collection: string; id: string; isQuiet: boolean; token: string };

/**
 * What the change stream told of lately, and so whether something that was made of the data is still true. It is never
 * told what is kept where: each process looks, when it is about to answer, whether any of what an answer was made of has
 * changed since. So an answer that comes to be kept after the change it misses is refused like any other.
 */
export class Changes {
  /** Grows whenever something that was current may not be so any more. */
  version = 0;
  readonly observer: StreamObserver;
  readonly #watched: Watched;
  readonly #onChange: (collection: string) => void;
  readonly #last = new Map<string, string>();
  /** What this process has changed itself, until the stream tells of it. */
  readonly #written = new Map<string, number>();
  readonly #tenants = new LRUCache<string, string>({ max: MOST_TENANTS });
  #unknown: Unknown[] = [];
  /** Before this token nothing is known. */
  #floor: string | null = null;
  #reached = '';
  #freshAt = Number.NEGATIVE_INFINITY;
  #waiting: (() => void)[] = [];

  constructor(watched: Watched, onChange: (collection: string) => void = () => {}) {
    this.#watched = watched;
    this.#onChange = onChange;
    this.observer = {
      collections: [...watched.keys()],
      entry: (entry) => this.#hear(entry),
      upTo: (token, askedAt) => this.#reach(token, askedAt),
      lost: () => this.#lose(),
    };
  }

  /** How long ago everything that was acknowledged by then had been heard of, in milliseconds. */
  get behindMs(): number {
    return performance.now() - this.#freshAt;
  }

  /** The token that what is read from now on is not older than; null while that is not known. */
  get asOf(): string | null {
    return this.#floor === null ? null : this.#reached;
  }

  /**
   * Whether enough has been heard to say what is true. Where this process was busy for a moment, what it has not read yet
   * is waited for: to work everything out anew would only make it busier.
   */
  async isFresh(): Promise<boolean> {
    if (this.#isFresh()) return true;
    if (this.#floor === null || this.behindMs > WORTH_WAITING_MS) return false;
    const heard = new Promise<void>((resolve) => this.#waiting.push(resolve));
    await Promise.race([heard, sleep(PATIENCE_MS, undefined, { ref: false })]);
    return this.#isFresh();
  }

  #isFresh = () => this.#floor !== null && this.behindMs <= MOST_BEHIND_MS;

  isCurrent({ tags: read, asOf }: Made): boolean {
    if (this.#floor === null || asOf < this.#floor) return false;
    return read.every((tag) => (this.#last.get(tag) ?? '') <= asOf && !this.#isBeingWritten(tag));
  }

  /** By this process; from now on, for it need not wait to hear of it. */
  wrote(written: ReadonlySet<string>): void {
    const now = performance.now();
    for (const tag of written) this.#written.set(tag, now);
    if (written.size > 0) this.version += 1;
  }

  /** What is read together with its tenant, so that a change of it is known to be the tenant's. */
  learn(id: string, tenant: string): void {
    this.#tenants.set(id, tenant);
  }

  #isBeingWritten(tag: string): boolean {
    const at = this.#written.get(tag);
    if (at === undefined) return false;
    if (this.#freshAt <= at) return true;
    this.#written.delete(tag);
    return false;
  }

  #hear(entry: Document) {
    const { operationType, ns, documentKey, tenantId, fields, event, _id } = entry;
    const token: string = _id._data;
    if (ns.coll === outbox.name) {
      for (const value of Object.values(event?.data ?? {}))
        if (value instanceof ObjectId) this.learn(value.toHexString(), String(event.tenantId));
      if (event?.type === cacheCleared.type) this.#change(String(event.tenantId), token);
      return;
    }
    const watched = this.#watched.get(ns.coll);
    if (!watched) return;
    const id = String(documentKey._id);
    const { quiet } = watched;
    const isQuiet =
      quiet !== null && operationType === 'update' && fields.every((field: string) => quiet.test(field));
    if (tenantId) this.learn(id, String(tenantId));
    this.#change(id, token);
    this.#tell({ collection: ns.coll, id, isQuiet, token });
    this.#onChange(ns.coll);
  }

  #change(id: string, token: string) {
    this.version += 1;
    this.#last.set(tags.document(id), token);
  }

  #tell(change: Unknown) {
    const tenant = this.#tenants.get(change.id);
    if (tenant === undefined) this.#unknown.push(change);
    else this.#mark(change, tenant);
  }

  #mark({ collection, isQuiet, token }: Unknown, tenant: string) {
    this.#last.set(tags.any(collection, tenant), token);
    if (!isQuiet) this.#last.set(tags.list(collection, tenant), token);
  }

  #reach(token: string, askedAt: number) {
    // The event of a change comes behind it in its transaction, and says whose it is. What has none may be anybody's.
    for (const change of this.#unknown) this.#mark(change, this.#tenants.get(change.id) ?? ANY_TENANT);
    if (this.#unknown.length > 0) this.version += 1;
    this.#unknown = [];
    this.#reached = token;
    this.#freshAt = askedAt;
    if (this.#floor === null || this.#last.size > MOST_TAGS) this.#startFrom(token);
    if (this.#written.size > 0) this.#forgetWritten();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #forgetWritten() {
    for (const [tag, at] of this.#written) if (at < this.#freshAt) this.#written.delete(tag);
  }

  #startFrom(token: string | null) {
    this.#floor = token;
    this.#last.clear();
    this.version += 1;
  }

  #lose() {
    this.#unknown = [];
    this.#freshAt = Number.NEGATIVE_INFINITY;
    this.#startFrom(null);
  }
}
