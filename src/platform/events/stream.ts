import { setTimeout as sleep } from 'node:timers/promises';
import type { Document, ObjectId } from 'mongodb';
import { serviceUnavailable } from '../errors.ts';
import { LIMITS } from '../limits/limits.ts';
import type { Log } from '../log.ts';
import type { Database } from '../mongo/client.ts';
import { withRetry } from '../mongo/retry.ts';
import { catchUp } from './catch-up.ts';
import { type Change, changeNamed, changesOf } from './change.ts';
import { followEntries, type StreamObserver } from './entries.ts';
import { GatheredChanges } from './gathered.ts';
import { type Position, positionOf } from './position.ts';
import { RecentChanges } from './recent-changes.ts';
import { millisecondsOf, tokenAt } from './token.ts';

/** What happened, as subscribers can ask for it. */
export type StreamEvent = {
  type: string;
  /** Null where the key is unique in all shops. */
  tenantId: ObjectId | null;
  /** What it happened to, by each name that subscribers may use. */
  keys: string[];
  data: Record<string, unknown>;
  token: string;
  at: Date;
};

export type StreamListener = {
  /** Whether anybody wants to hear of it: what nobody hears is not looked up. */
  hears: (type: string) => boolean;
  told: (events: StreamEvent[]) => void;
  /** What happened till now is not known any more; it goes on from this token. */
  lost: (token: string) => void;
};

export type StreamOptions = { database: Database; log: Log; role: string; observer?: StreamObserver | null };

const KEEP_EVERY_MS = 5_000;
const IDENTIFY_MS = 15_000;
const OPEN_MS = 8_000;
/** By how much the clocks of two machines may differ. */
const AHEAD_MS = 60_000;
/** Later than this after mongod should have said that nothing happens, something is wrong with it. */
const SILENT_MS = 5_000;

/** The one change stream of a process. It opens when somebody first needs it, and then stays. */
export class EventStream {
  readonly #options: StreamOptions;
  readonly #position: Position;
  readonly #listeners = new Set<StreamListener>();
  readonly #stopping = new AbortController();
  readonly #gathered = new GatheredChanges((changes) => this.#tellChanges(changes));
  #recent: RecentChanges | null = null;
  #reached: string | null = null;
  #isLost = false;
  #opened: Promise<void> | undefined;
  #running: Promise<void> | undefined;
  #catchingUp: Promise<unknown> = Promise.resolve();
  #keptAt = 0;
  #heardAt = 0;
  #events = 0;
  #lagMs = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#position = positionOf(options.database.systemDb('where the change stream is'), options.role);
  }

  /** How far it has come: whoever continues from here misses nothing. */
  async reached(): Promise<string> {
    if (this.#reached !== null) return this.#reached;
    this.#opened ??= this.#open().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    await Promise.race([this.#opened, sleep(OPEN_MS, undefined, { ref: false })]);
    if (this.#reached === null) throw serviceUnavailable('What happens cannot be heard just now: try again');
    return this.#reached;
  }

  listen(listener: StreamListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What happened of one type behind a token; null when that is too long ago to be known, or too much. */
  async since(token: string, type: string): Promise<StreamEvent[] | null> {
    await this.reached();
    const recent = await this.#reachingBackTo(token);
    return recent && this.#identified(recent.after(token, type));
  }

  get state() {
    const silentMs = this.#heardAt === 0 ? 0 : Date.now() - this.#heardAt;
    return { events: this.#events, lagMs: silentMs > SILENT_MS ? silentMs : this.#lagMs };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#gathered.clear();
    await this.#running;
    if (this.#reached !== null) await this.#position.keep(this.#reached).catch(() => {});
  }

  /** Nothing is missed until it is open: it begins at a time, and that is now at the latest. */
  async #open(): Promise<void> {
    const { database, log, observer = null } = this.#options;
    const now = tokenAt(await database.time());
    const from = (await this.#position.find()) ?? now;
    this.#reached = now;
    this.#recent = new RecentChanges(from < now ? from : now, LIMITS.keptChanges);
    this.#running = followEntries({ database, log, signal: this.#stopping.signal }, from, {
      observer: observer && watchingFrom(now, observer),
      reached: (token) => this.#reach(token),
      entry: (entry) => this.#hear(entry),
      lost: () => {
        this.#isLost = true;
      },
    });
  }

  #reach(token: string) {
    if (this.#isLost) this.#lose(token);
    if (this.#reached === null || token > this.#reached) this.#reached = token;
    this.#heardAt = Date.now();
    this.#keep(token);
  }

  #hear(entry: Document) {
    for (const change of changesOf(entry)) {
      this.#recent?.add(change);
      this.#events += 1;
      this.#lagMs = Math.max(0, Date.now() - change.at.getTime());
      if (change.event) this.#tell([eventOf(change)]);
      else if (this.#isHeard(change.type)) this.#gathered.add(change);
    }
  }

  #isHeard = (type: string) => [...this.#listeners].some((listener) => listener.hears(type));

  #tell(events: StreamEvent[]) {
    if (events.length > 0) for (const { told } of this.#listeners) told(events);
  }

  async #tellChanges(changes: Change[]) {
    try {
      this.#tell(await this.#identified(changes));
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#options.log.error({ err: error }, 'changes could not be told to whom they concern');
      this.#isLost = true;
    }
  }

  #lose(token: string) {
    this.#isLost = false;
    this.#reached = token;
    this.#recent = new RecentChanges(token, LIMITS.keptChanges);
    this.#gathered.clear();
    for (const { lost } of this.#listeners) lost(token);
  }

  /** Whose they are, asked once for all changes of a type. */
  async #identified(changes: Change[]): Promise<StreamEvent[]> {
    const events = changes.filter(({ event }) => event).map(eventOf);
    const documents = Map.groupBy(
      changes.filter(({ document }) => document),
      ({ type }) => type,
    );
    for (const [type, some] of documents)
      for (const [where, here] of Map.groupBy(some, ({ database }) => database))
        events.push(...(await this.#identifiedOf(type, where, here)));
    return events;
  }

  async #identifiedOf(type: string, where: string, changes: Change[]): Promise<StreamEvent[]> {
    const identify = changeNamed(type)?.identify;
    if (!identify) return changes.map(eventOf);
    const all = this.#options.database.systemDbs(`whose documents changed: ${type}`);
    const db = all.find(({ raw }) => raw.databaseName === where);
    if (!db) return [];
    const asked = changes.flatMap(({ document }) => document ?? []);
    const rows = await withRetry(() => identify(db, asked), Date.now() + IDENTIFY_MS);
    const known = new Map(rows.map((row) => [String(row.id), row]));
    return changes.flatMap((change) => {
      const row = known.get(String(change.document?.id));
      if (!row) return [];
      const { tenantId, keys, data } = row;
      return [{ type, tenantId, keys, data, token: change.token, at: change.at }];
    });
  }

  async #reachingBackTo(token: string): Promise<RecentChanges | null> {
    const { database } = this.#options;
    const ageMs = Date.now() - millisecondsOf(token);
    // One that is yet to come is of another database, or of one that was restored to an earlier time.
    if (ageMs > LIMITS.resumeMs || ageMs < -AHEAD_MS) return null;
    if (this.#recent && this.#recent.from <= token) return this.#recent;
    const turn = this.#catchingUp.then(async () => {
      const recent = this.#recent;
      if (!recent || recent.from <= token) return recent;
      const older = await catchUp(database, token, recent.from);
      return older && this.#recent === recent && recent.prepend(older) ? recent : null;
    });
    this.#catchingUp = turn.catch(() => {});
    return turn;
  }

  #keep(token: string) {
    if (Date.now() - this.#keptAt < KEEP_EVERY_MS) return;
    this.#keptAt = Date.now();
    this.#position.keep(token).catch((error) => this.#options.log.warn({ err: error }, 'no position kept'));
  }
}

function eventOf({ type, token, at, event, document }: Change): StreamEvent {
  if (!event) return { type, tenantId: null, keys: [String(document?.id)], data: {}, token, at };
  const { tenantId, subject, data } = event;
  return { type, tenantId, keys: [subject.slice(subject.indexOf(':') + 1)], data, token, at };
}

/** While it catches up with what was before, nothing is said to be complete. */
const watchingFrom = (now: string, observer: StreamObserver): StreamObserver => ({
  ...observer,
  upTo: (token, askedAt) => {
    if (token >= now) observer.upTo(token, askedAt);
  },
});
