import { LRUCache } from 'lru-cache';
import type { Changes, Made } from './changes.ts';
import { madeOnce } from './made-once.ts';
import { type Claim, LONGEST_MS, type SharedStore } from './shared-store.ts';

/** A text that was made of the data; times are milliseconds since 1970. */
export type Loaded = Made & {
  text: string;
  at: number;
  expiresAt: number;
  /** From when on it is made anew before it expires, if it is asked for often; null where that would change nothing. */
  renewAt: number | null;
};

export type Entry = Loaded & {
  bytes: number;
  /** As of which version of the changes it was found to be current. */
  checked: number;
  hits: number;
  /** Another process was to make it anew, and had not when it was looked for. */
  isLate: boolean;
};

/** Null where there is nothing to keep. */
export type Load = () => Promise<Loaded | null>;

export type CacheOptions = {
  changes: Changes;
  /** Null where each process is on its own. */
  shared: SharedStore | null;
  now: () => number;
  mostBytes: number;
  mostEntryBytes: number;
};

/** So often one waits for another who then has made what is not true any more. */
const MOST_ROUNDS = 3;
/** What is asked for less often may expire. */
const HOT = 3;
const BYTES_OF_TAG = 48;
const BYTES_OF_ENTRY = 300;

/**
 * Keeps what is made of the data for as long as it is true: in this process, and behind it in Redis for all of them. What
 * many want at once is made once; what many want is made anew before it expires, while they are given what is there.
 */
export class Cache {
  readonly #options: CacheOptions;
  readonly #entries: LRUCache<string, Entry>;
  readonly #making = new Map<string, Promise<Entry | null>>();
  dropped = 0;

  constructor(options: CacheOptions) {
    this.#options = options;
    this.#entries = new LRUCache({
      maxSize: options.mostBytes,
      maxEntrySize: options.mostEntryBytes,
      sizeCalculation: ({ bytes, tags }) => bytes + tags.length * BYTES_OF_TAG + BYTES_OF_ENTRY,
    });
  }

  get size() {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
  }

  ages(): number[] {
    const now = this.#options.now();
    return [...this.#entries.values()].map(({ at }) => now - at);
  }

  /** What this process has, if it is true. */
  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.#isTrue(entry)) {
      entry.hits += 1;
      return entry;
    }
    this.#entries.delete(key);
    this.dropped += 1;
    return undefined;
  }

  /** Kept only if it is true; what it was read from may have changed meanwhile. */
  set(key: string, loaded: Loaded): Entry {
    const entry = { ...loaded, bytes: Buffer.byteLength(loaded.text), checked: -1, hits: 0, isLate: false };
    if (this.#isTrue(entry)) this.#entries.set(key, entry);
    return entry;
  }

  /**
   * What this process or another one has, or else what `load` makes; null where there is nothing to keep. What others have
   * made is true now; what `load` has made was when it began.
   */
  async remember(key: string, load: Load): Promise<Entry | null> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const making = this.#making.get(key);
      if (!making) return this.#alone(key, () => this.#findOrMake(key, load));
      const entry = await making.catch(() => null);
      if (!entry) break;
      if (this.#isTrue(entry)) return entry;
    }
    return this.#kept(key, load);
  }

  /** Makes anew what is about to expire and is asked for often; by one of all processes, and nobody waits for it. */
  async refresh(key: string, entry: Entry, load: Load): Promise<void> {
    if (entry.hits < HOT || entry.renewAt === null || this.#options.now() < entry.renewAt) return;
    if (this.#making.has(key)) return;
    await this.#alone(key, () => this.#renew(key, entry, load));
  }

  async #renew(key: string, entry: Entry, load: Load): Promise<Entry | null> {
    const { shared, now } = this.#options;
    if (!shared) return this.#kept(key, load);
    const claim = await shared.claim(key);
    const text = await shared.peek(key);
    const later = text === null ? null : readEntry(text);
    // Another process was sooner: what it has made is taken over.
    if (later && later.at > entry.at) {
      if (claim) void shared.release(key, claim);
      return this.#take(key, text ?? '');
    }
    if (claim) return this.#make(key, load, claim);
    // Redis is away, or whoever makes it does not come back: no reader is to wait for that.
    if (entry.isLate) return this.#kept(key, load);
    entry.isLate = true;
    entry.renewAt = now() + (entry.expiresAt - now()) / 2;
    return entry;
  }

  async #alone(key: string, work: () => Promise<Entry | null>): Promise<Entry | null> {
    const making = work().finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  #findOrMake(key: string, load: Load): Promise<Entry | null> {
    return madeOnce<Entry | null>(this.#options.shared, key, {
      take: (text) => this.#take(key, text),
      make: (claim) => this.#make(key, load, claim),
    });
  }

  /** What another process has made, if it is true. */
  #take(key: string, text: string): Entry | null {
    const entry = this.set(key, readEntry(text));
    return this.#isTrue(entry) ? entry : null;
  }

  async #make(key: string, load: Load, claim: Claim | null): Promise<Entry | null> {
    const { shared, now } = this.#options;
    let made: Entry | null = null;
    try {
      made = await this.#kept(key, load);
      return made;
    } finally {
      if (shared && claim) {
        if (made && this.#isTrue(made)) {
          const ttlMs = Math.min(made.expiresAt - now(), LONGEST_MS);
          const { tags } = made;
          void shared.write(key, claim, { text: writeEntry(made), tags, ttlMs });
        } else void shared.release(key, claim);
      }
    }
  }

  async #kept(key: string, load: Load): Promise<Entry | null> {
    const loaded = await load();
    return loaded && this.set(key, loaded);
  }

  #isTrue(entry: Entry): boolean {
    const { changes, now } = this.#options;
    if (entry.expiresAt <= now()) return false;
    if (entry.checked === changes.version) return true;
    if (!changes.isCurrent(entry)) return false;
    entry.checked = changes.version;
    return true;
  }
}

const writeEntry = ({ text, tags, asOf, at, expiresAt, renewAt }: Entry): string =>
  `${JSON.stringify({ tags, asOf, at, expiresAt, renewAt })}\n${text}`;

function readEntry(stored: string): Loaded {
  const end = stored.indexOf('\n');
  return { ...(JSON.parse(stored.slice(0, end)) as Omit<Loaded, 'text'>), text: stored.slice(end + 1) };
}
