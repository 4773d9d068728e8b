import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Filter, ObjectId, UpdateFilter } from 'mongodb';
import type { Database } from '../client.ts';
import type { DeclaredCollection } from '../collection.ts';
import { lowerFence, raiseFence, unfenced } from '../fence.ts';
import { applyIndexes } from '../indexes.ts';
import { type AppliedMigration, schemaMigrations } from '../migration-collections.ts';
import { pendingMigrations } from '../migration-status.ts';
import { type MovePhase, type Placement, placements, whyNotBeside } from '../placements.ts';
import { TABLE_MS } from '../places.ts';
import { Changed, type Copying, copyAll, copyChanged, differing, removeAll, timeOf } from './copying.ts';

const LEASE_MS = 10_000;
/** All processes have looked at the table by then. */
const KNOWN_MS = 2 * TABLE_MS;
const FEW = 200;
const MOST_ROUNDS = 10;

export class MoveError extends Error {
  override name = 'MoveError';
}

export type MoveOptions = {
  database: Database;
  tenantId: ObjectId;
  /** Null: the shared database. */
  to: string | null;
  declared: readonly DeclaredCollection[];
  onStep?: (step: MovePhase | 'PREPARING' | 'DONE', documents: number) => unknown;
};

/**
 * Moves a tenant to another database while its shop is open. Its documents are copied while changes are followed; then
 * the old place refuses writes of it (fence.ts), the rest is copied and compared, and the table of places is switched by
 * one update. Killed anywhere, the next run finishes it.
 */
export async function moveTenant(options: MoveOptions): Promise<void> {
  const { database, tenantId, to } = options;
  await refuseUnready(options);
  const begun = await begin(options);
  if (!begun) return;
  const run = new Run(options, begun.owner);
  try {
    if (begun.phase === 'COPYING' || begun.phase === 'FENCED') await copyAndSwitch(run, options);
    await settle(run, database.places.at(to), tenantId);
    await clean(run, options);
  } finally {
    run.stop();
  }
}

async function refuseUnready({ database: { places }, tenantId }: MoveOptions): Promise<void> {
  const why = whyNotBeside(places.main.databaseName);
  if (why) throw new MoveError(why);
  const pending: string[] = [];
  for (const db of new Set([places.main, places.dbOf(tenantId)]))
    pending.push(...(await pendingMigrations(db)));
  if (pending.length > 0) throw new MoveError(`Run npm run migrate -- up first: ${pending.join(', ')}`);
}

const recordsOf = ({ places }: Database) => places.main.collection<Placement>(placements.name);

type Begun = { owner: string; phase: MovePhase };

/** Null where it is there already. Of two who begin, one is told that the other is at it. */
async function begin({ database, tenantId, to }: MoveOptions): Promise<Begun | null> {
  const records = recordsOf(database);
  const never = { place: null, since: null, before: null, move: null };
  await records.updateOne({ _id: tenantId }, { $setOnInsert: never }, { upsert: true });
  const found = await records.findOne({ _id: tenantId });
  if (found?.move && found.move.to !== to)
    throw new MoveError('It is being moved the other way: finish that, or --abort it');
  if (found?.place === to && !found.move) return null;
  const owner = randomUUID();
  const now = new Date();
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const move = found?.move ?? { to, phase: 'COPYING' as const, startedAt: now };
  const free = [{ move: null }, { 'move.leasedUntil': { $lte: now } }];
  const { matchedCount } = await records.updateOne(
    { _id: tenantId, $or: free },
    { $set: { move: { ...move, owner, leasedUntil } } },
  );
  if (matchedCount === 0)
    throw new MoveError(`Somebody else is moving it; one who was killed is waited for ${LEASE_MS / 1_000} s`);
  await database.places.refresh();
  return { owner, phase: move.phase };
}

/** The right to go on, while it is renewed. */
class Run {
  readonly #options: MoveOptions;
  readonly #owner: string;
  readonly #beat: NodeJS.Timeout;

  constructor(options: MoveOptions, owner: string) {
    this.#options = options;
    this.#owner = owner;
    this.#beat = setInterval(() => void this.write({}).catch(() => {}), LEASE_MS / 4).unref();
  }

  /** Throws where somebody else has taken over: then nothing more is done by this one. */
  async write($set: UpdateFilter<Placement>['$set']): Promise<void> {
    const { database, tenantId } = this.#options;
    const lease = { 'move.leasedUntil': new Date(Date.now() + LEASE_MS) };
    const { matchedCount } = await recordsOf(database).updateOne(
      { _id: tenantId, 'move.owner': this.#owner },
      { $set: 'move' in ($set ?? {}) ? { ...$set } : { ...lease, ...$set } },
    );
    if (matchedCount === 0) throw new MoveError('Somebody else has taken over; this run stops here');
    await database.places.refresh();
  }

  async phase(phase: MovePhase): Promise<void> {
    await this.write({ 'move.phase': phase });
    await this.#options.onStep?.(phase, 0);
  }

  stop = () => clearInterval(this.#beat);
}

async function copyAndSwitch(run: Run, options: MoveOptions): Promise<void> {
  const { database, tenantId, to, declared, onStep } = options;
  const { places } = database;
  const [source, target] = [places.dbOf(tenantId), places.at(to)];
  // A run that was killed may have left it raised: the shop goes on while all is copied anew.
  await run.phase('COPYING');
  await lowerFence(source, tenantId);
  await prepare(places.main, target, declared);
  await removeAll(target, tenantId);
  const known = sleep(KNOWN_MS);
  let documents = 0;
  const onCopied = (count: number) => {
    documents += count;
    void onStep?.('COPYING', documents);
  };
  const copying: Copying = { from: source, to: target, tenantId, declared, onCopied };
  const changed = new Changed(source, await timeOf(source));
  try {
    await copyAll(copying);
    for (let round = 0; round < MOST_ROUNDS; round += 1)
      if ((await copyChanged(copying, await changed.upTo(await timeOf(source)))) < FEW) break;
    await known;
    await run.phase('FENCED');
    await raiseFence(source, tenantId);
    await copyChanged(copying, await changed.upTo(await timeOf(source)));
    await compare(copying);
    await switchOver(run, options, source);
  } catch (error) {
    if (await giveWay(database, tenantId).catch(() => false)) await lowerFence(source, tenantId);
    throw error;
  } finally {
    await changed.close();
  }
}

/** As a deployment leaves it: the same migrations count as run, for what is copied has gone through them. */
async function prepare(main: Db, target: Db, declared: readonly DeclaredCollection[]): Promise<void> {
  if (target === main) return;
  const results = await applyIndexes(target, [...declared]);
  const failure = results.flatMap(({ outcomes }) => outcomes.flatMap((one) => one.failure ?? []))[0];
  if (failure) throw new MoveError(`The database cannot be prepared: ${failure.reason}`);
  for (const row of await main.collection<AppliedMigration>(schemaMigrations.name).find().toArray())
    await target
      .collection<AppliedMigration>(schemaMigrations.name)
      .replaceOne({ version: row.version }, row, { upsert: true });
}

async function compare(copying: Copying): Promise<void> {
  const different = await differing(copying);
  if (different.length > 0)
    throw new MoveError(`The copy differs in ${different.join(', ')}; nothing was switched: run this again`);
}

/** From here on it lives there. Writes wait a little longer, until every process knows. */
async function switchOver(run: Run, { database, tenantId, to }: MoveOptions, source: Db): Promise<void> {
  const open = await unfenced(source, tenantId);
  if (open.length > 0) throw new MoveError(`The fence is not up in ${open.join(', ')}: run this again`);
  const { place, since } = (await recordsOf(database).findOne({ _id: tenantId })) as Placement;
  const now = await timeOf(source);
  await run.write({ place: to, since: now, before: { place, since }, 'move.phase': 'SETTLING' });
}

async function settle(run: Run, target: Db, tenantId: ObjectId): Promise<void> {
  await lowerFence(target, tenantId);
  await sleep(KNOWN_MS);
  await run.phase('CLEANING');
}

/** The old place goes on refusing what is written of it, for good. */
async function clean(run: Run, { database, tenantId, onStep }: MoveOptions): Promise<void> {
  const record = await recordsOf(database).findOne({ _id: tenantId });
  const old = database.places.at(record?.before?.place ?? null);
  await removeAll(old, tenantId);
  await run.write({ move: null });
  await onStep?.('DONE', 0);
}

/** Whether the shop may be written to where it was: not once it has switched. */
async function giveWay(database: Database, tenantId: ObjectId, extra: Filter<Placement> = {}) {
  const fenced = { _id: tenantId, 'move.phase': 'FENCED' as const, ...extra };
  const back = { $set: { 'move.phase': 'COPYING' as const, 'move.owner': null } };
  const { matchedCount } = await recordsOf(database).updateOne(fenced, back);
  await database.places.refresh();
  return matchedCount === 1;
}

/** Opens shops again whose mover died just before the switch; called on a clock. Their move begins anew when it is repeated. */
export async function openAbandoned(database: Database): Promise<void> {
  const over = { 'move.leasedUntil': { $lte: new Date() } };
  for (const { _id } of await recordsOf(database)
    .find({ 'move.phase': 'FENCED', ...over })
    .toArray())
    if (await giveWay(database, _id, over)) await lowerFence(database.places.dbOf(_id), _id);
}

/** Gives up a move that has not switched yet. Answers false when there is none. */
export async function abortMove(database: Database, tenantId: ObjectId): Promise<boolean> {
  const records = recordsOf(database);
  const record = await records.findOne({ _id: tenantId });
  if (!record?.move) return false;
  const { phase, to } = record.move;
  if (phase === 'SETTLING' || phase === 'CLEANING')
    throw new MoveError('It has switched already: run the move again to finish it, then move it back');
  const { matchedCount } = await records.updateOne(
    { _id: tenantId, 'move.phase': phase, 'move.leasedUntil': { $lte: new Date() } },
    { $set: { 'move.phase': 'COPYING', 'move.owner': null } },
  );
  if (matchedCount === 0)
    throw new MoveError(`Its mover is alive, or was ${LEASE_MS / 1_000} s ago: end it first`);
  await lowerFence(database.places.dbOf(tenantId), tenantId);
  await removeAll(database.places.at(to), tenantId);
  await records.updateOne({ _id: tenantId }, { $set: { move: null } });
  return true;
}
