import { type ClientSession, MongoServerError } from 'mongodb';
import { deadlineExceeded } from '../errors.ts';
import { type CommandLog, type CommandNote, ended } from './command-log.ts';
import type { OwnWrites } from './own-writes.ts';
import type { Reads, Writes } from './reads.ts';
import type { Secondaries } from './secondaries.ts';

export const MAX_TIME_MS_EXPIRED = 50;

/** Who causes a change, and by which request; the audit keeps it. */
export type Origin = {
  /** Such as "user:6565…" or "apiKey:6565…"; null for somebody unknown, and for jobs. */
  actor: string | null;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
};

/** A change that no request asked for. */
export const noOrigin: Origin = { actor: null, requestId: null, ip: null, userAgent: null };

export type Bounds = {
  /** Milliseconds since 1970 after which no command is sent any more. */
  deadline: number;
  /** The longest that one command may take. */
  commandMs: number;
};

/** What bounds and counts the commands of one request or job. */
export type Scope = Bounds & {
  now: () => Date;
  origin: Origin;
  onCommand: (collection: string, command: string) => void;
  /** Notes each command and how long it took, where slow requests are looked into. */
  commands?: CommandLog | undefined;
  /** Notes what is read, where the answer may be kept. */
  reads?: Reads | undefined;
  /** Notes what is changed, so that what was made of it is not answered any more. */
  writes?: Writes | undefined;
  /** Notes up to when the caller has changed something. */
  ownWrites?: OwnWrites | undefined;
  /** Where what may be a little behind is read; the primary when absent. */
  secondaries?: Secondaries | undefined;
};

export type CommandOptions = { maxTimeMS: number; session?: ClientSession };

/** Options for one command: what is left of the scope's time, and the session of a transaction. */
export function commandOptions(scope: Bounds, session?: ClientSession): CommandOptions {
  const left = scope.deadline - Date.now();
  if (left <= 0) throw deadlineExceeded();
  const options: CommandOptions = { maxTimeMS: Math.min(scope.commandMs, Math.ceil(left)) };
  if (session) options.session = session;
  return options;
}

/** A command that mongod stopped for its time is the request's deadline, not a fault of the database. */
export async function inTime<R>(command: Promise<R>, note?: CommandNote): Promise<R> {
  try {
    return await command;
  } catch (error) {
    throw asDeadline(error);
  } finally {
    if (note) ended(note);
  }
}

export const asDeadline = (error: unknown): unknown =>
  error instanceof MongoServerError && error.code === MAX_TIME_MS_EXPIRED ? deadlineExceeded(error) : error;
