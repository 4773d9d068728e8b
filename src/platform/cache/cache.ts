import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Changes, Made } from './changes.ts';
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

/** So long others wait for whoever makes what they want; then they make it themselves. */
const PATIENCE_MS = 200;
const LOOK_EVERY_MS = 20;
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
    const entry = { ...loaded, bytes: Buffer.byteLength(loaded.text), checked: -1, hits: 0 };
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
    entry.renewAt = null;
    await this.#alone(key, async () => {
      const { shared } = this.#options;
      const claim = await shared?.claim(key);
      // Another process does it, or Redis is away: what is there holds until it expires.
      if (shared && !claim) return entry;
      return this.#make(key, load, claim ?? null);
    });
  }

  async #alone(key: string, work: () => Promise<Entry | null>): Promise<Entry | null> {
    const making = work().finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async #findOrMake(key: string, load: Load): Promise<Entry | null> {
    const { shared } = this.#options;
    if (!shared) return this.#kept(key, load);
    for (let waited = 0; waited <= PATIENCE_MS; waited += LOOK_EVERY_MS) {
      const read = await shared.read(key);
      if (read.state === 'yours') return this.#make(key, load, read.claim);
      if (read.state === 'away') break;
      if (read.state === 'there') {
        const entry = this.set(key, readEntry(read.text));
        if (this.#isTrue(entry)) return entry;
        const claim = await shared.claim(key);
        if (claim) return this.#make(key, load, claim);
      }
      await sleep(LOOK_EVERY_MS);
    }
    return this.#kept(key, load);
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
