import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession, Collection, Db } from 'mongodb';
import { MigrationError } from './migration.ts';
import { type MigrationLock, migrationLocks, type Runner } from './migration-collections.ts';

const POLL_MS = 250;

export type LeaseOptions = {
  /** How long a runner that is gone keeps others out. */
  leaseMs: number;
  /** How long to wait for another runner. */
  waitMs: number;
  /** Told once, when there is somebody to wait for. */
  onWait?: (holder: string) => void;
};

/** The right to run migrations, while it is renewed; all times are of mongod's clock, so those of runners may differ. */
export class Lease {
  readonly #locks: Collection<MigrationLock>;
  readonly #owner: Runner;
  readonly #fence: number;
  readonly #leaseMs: number;
  readonly #heartbeat: NodeJS.Timeout;
  #lost: MigrationError | undefined;

  constructor(locks: Collection<MigrationLock>, owner: Runner, fence: number, leaseMs: number) {
    this.#locks = locks;
    this.#owner = owner;
    this.#fence = fence;
    this.#leaseMs = leaseMs;
    // A beat that does not arrive is none: the next one, or the next batch, finds out whether the lease is lost.
    this.#heartbeat = setInterval(() => void this.renew().catch(() => {}), leaseMs / 3);
  }

  /** Throws when another runner has taken over. In a transaction, what else it writes is written by the holder or not at all. */
  async renew(session?: ClientSession): Promise<void> {
    if (this.#lost) throw this.#lost;
    const { matchedCount } = await this.#locks.updateOne(
      this.#mine(),
      [{ $set: { expiresAt: after(this.#leaseMs) } }],
      session ? { session } : {},
    );
    if (matchedCount === 0) {
      this.#lost = new MigrationError(
        'This run was silent for longer than its lease, and another runner has taken over; it stops here',
      );
      throw this.#lost;
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#locks.updateOne(this.#mine(), { $set: { owner: null, expiresAt: new Date(0) } });
  }

  #mine() {
    return { _id: 'migrations' as const, 'owner.id': this.#owner.id, fence: this.#fence };
  }
}

const after = (ms: number) => ({ $add: ['$$NOW', ms] });

/** Waits for its turn, and says who has it. */
export async function acquireLease(db: Db, { leaseMs, waitMs, onWait }: LeaseOptions): Promise<Lease> {
  const locks = db.collection<MigrationLock>(migrationLocks.name);
  const owner: Runner = { id: randomUUID(), host: hostname(), pid: process.pid };
  const until = performance.now() + waitMs;
  const never = { owner: null, fence: 0, acquiredAt: null, expiresAt: new Date(0) };
  await locks.updateOne({ _id: 'migrations' }, { $setOnInsert: never }, { upsert: true });
  for (let told = false; ; told = true) {
    const held = await take(locks, owner, leaseMs);
    if (held) return new Lease(locks, owner, held.fence, leaseMs);
    const holder = await describeHolder(locks);
    if (performance.now() >= until) {
      throw new MigrationError(`Migrations are being run by ${holder}; try again when that run is over`);
    }
    if (!told) onWait?.(holder);
    await sleep(POLL_MS);
  }
}

const take = (locks: Collection<MigrationLock>, owner: Runner, leaseMs: number) =>
  locks.findOneAndUpdate(
    { _id: 'migrations', $expr: { $lte: ['$expiresAt', '$$NOW'] } },
    [
      {
        $set: {
          owner: { $literal: owner },
          fence: { $add: ['$fence', 1] },
          acquiredAt: '$$NOW',
          expiresAt: after(leaseMs),
        },
      },
    ],
    { returnDocument: 'after' },
  );

async function describeHolder(locks: Collection<MigrationLock>): Promise<string> {
  const lock = await locks.findOne({ _id: 'migrations' });
  if (!lock?.owner) return 'a runner that has just finished';
  const { host, pid } = lock.owner;
  const since = `since ${lock.acquiredAt?.toISOString()}`;
  return `process ${pid} on ${host} ${since} (its lease ends at ${lock.expiresAt.toISOString()} unless it renews it)`;
}
