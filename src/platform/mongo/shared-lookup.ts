import { AppError, deadlineExceeded } from '../errors.ts';
import type { TenantDb } from './tenant-db.ts';

/** More keys in one command would save little more, and make each request wait for all of their rows. */
const MOST_KEYS = 250;
/** So many commands of a kind may be under way before requests wait for one of them and then go on together. */
const AT_ONCE = 2;

const ROUND_MS = 500;

type Key = string | number | { toString: () => string };

/** Goes by the tenant, the keys and the kind alone, never by who asks. */
type Find<K, R> = (db: TenantDb, keys: K[]) => Promise<R[]>;

/** Rows by the text of each key that they can be found by. */
export type Rows<R> = ReadonlyMap<string, R>;

type Member<K, R> = {
  db: TenantDb;
  keys: readonly K[];
  resolve: (rows: Rows<R>) => void;
  reject: (error: unknown) => void;
};

/** Of one kind in one tenant: who waits to be sent, and how many commands are under way. */
type Queue<K, R> = {
  name: string;
  members: Member<K, R>[];
  keys: Map<string, K>;
  underWay: number;
  due: boolean;
};

/**
 * Look-ups by key that the requests of a tenant share. What arrives in one turn of the event loop, or while commands
 * of its kind are under way, is sent as one command; whoever comes alone waits for nobody. A command already sent is
 * never joined, so whoever has written reads what was written.
 */
export class SharedLookup<K extends Key, R> {
  readonly #keysOf: (row: R) => readonly Key[];
  readonly #databases = new WeakMap<object, Map<string, Queue<K, R>>>();

  constructor(keysOf: (row: R) => readonly Key[]) {
    this.#keysOf = keysOf;
  }

  /** `kind` stands for everything that `find` goes by besides the tenant and the keys. */
  find(db: TenantDb, kind: string, keys: readonly K[], find: Find<K, R>): Promise<Rows<R>> {
    // A transaction sees its own writes, and nobody else does.
    // What a secondary answers may be older than what another asker is owed.
    if (db.inTransaction || db.isBehind) return this.#rows(db, keys, find);
    const queue = this.#queueOf(db, kind);
    return new Promise((resolve, reject) => {
      if (queue.keys.size + keys.length > MOST_KEYS) this.#send(queue, find);
      queue.members.push({ db, keys, resolve, reject });
      for (const key of keys) queue.keys.set(String(key), key);
      if (!queue.due && queue.underWay < AT_ONCE) {
        queue.due = true;
        setImmediate(() => this.#send(queue, find));
      }
    });
  }

  #queueOf(db: TenantDb, kind: string): Queue<K, R> {
    const queues = this.#databases.get(db.connection) ?? new Map<string, Queue<K, R>>();
    this.#databases.set(db.connection, queues);
    const name = `${db.tenantId.toHexString()} ${kind}`;
    const known = queues.get(name);
    if (known) return known;
    const queue = { name, members: [], keys: new Map(), underWay: 0, due: false };
    queues.set(name, queue);
    return queue;
  }

  #send(queue: Queue<K, R>, find: Find<K, R>): void {
    queue.due = false;
    const { members, keys } = queue;
    if (members.length === 0) return;
    queue.members = [];
    queue.keys = new Map();
    queue.underWay += 1;
    void this.#answer(members, [...keys.values()], find).then(() => {
      queue.underWay -= 1;
      if (queue.members.length > 0 && !queue.due) this.#send(queue, find);
      else if (queue.members.length === 0 && queue.underWay === 0) this.#forget(queue, members);
    });
  }

  #forget({ name }: Queue<K, R>, [member]: Member<K, R>[]) {
    if (member) this.#databases.get(member.db.connection)?.delete(name);
  }

  /** Under the longest deadline of its members, of whom each waits no longer than its own. */
  async #answer(members: Member<K, R>[], keys: K[], find: Find<K, R>): Promise<void> {
    const stopWatching = watchDeadlines(members);
    try {
      const reads = members.find(({ db }) => db.reads)?.db.reads?.beside();
      const asker = mostPatient(members);
      const rows = await this.#rows(reads ? asker.noting(reads) : asker, keys, find);
      for (const { db, keys: own, resolve } of members) {
        if (reads)
          db.reads?.shared(
            reads,
            own.map((key) => rows.get(String(key)) as object | undefined),
          );
        resolve(rows);
      }
    } catch (error) {
      if (members.length === 1 || isDeadline(error)) for (const { reject } of members) reject(error);
      // One of them may be at fault: each gets what it would have got alone.
      else
        for (const { db, keys: own, resolve, reject } of members)
          this.#rows(db, own, find).then(resolve, reject);
    } finally {
      stopWatching();
    }
  }

  async #rows(db: TenantDb, keys: readonly K[], find: Find<K, R>): Promise<Rows<R>> {
    const rows = new Map<string, R>();
    for (const row of await find(db, [...keys]))
      for (const key of this.#keysOf(row)) rows.set(String(key), row);
    return rows;
  }
}

type Waiting = { db: TenantDb; reject: (error: unknown) => void };

const mostPatient = (members: readonly Waiting[]): TenantDb =>
  members.map(({ db }) => db).reduce((most, db) => (db.deadline > most.deadline ? db : most));

/** Refuses each member once its time is over, by one timer for all; answers how to end that. */
function watchDeadlines(members: readonly Waiting[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    const now = Date.now();
    const ahead = members.map(({ db }) => db.deadline).filter((deadline) => deadline > now);
    for (const { db, reject } of members) if (db.deadline <= now) reject(deadlineExceeded());
    const next = Math.min(...ahead);
    if (Number.isFinite(next)) timer = setTimeout(check, roundWait(next - now));
  };
  check();
  return () => clearTimeout(timer);
}

/** Timers of one length share a list, and each other length costs a list of its own: only the last wait is exact. */
const roundWait = (ms: number) => (ms < ROUND_MS ? ms : ms - (ms % ROUND_MS));

const isDeadline = (error: unknown) => error instanceof AppError && error.code === 'DEADLINE_EXCEEDED';
