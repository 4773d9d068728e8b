import { type ClientSession, type Document, MongoServerError } from 'mongodb';
import { deadlineExceeded } from '../errors.ts';

const MAX_TIME_MS_EXPIRED = 50;

/** What bounds and counts the commands of one request or job. */
export type Scope = {
  /** Milliseconds since 1970 after which no command is sent any more. */
  deadline: number;
  /** The longest that one command may take. */
  commandMs: number;
  now: () => Date;
  onCommand: (collection: string, command: string) => void;
};

export type CommandOptions = { maxTimeMS: number; session?: ClientSession; comment?: string };

/** Options for one command: what is left of the scope's time, and the session of a transaction. */
export function commandOptions(scope: Scope, session?: ClientSession, comment?: string): CommandOptions {
  const left = scope.deadline - Date.now();
  if (left <= 0) throw deadlineExceeded();
  const options: CommandOptions = { maxTimeMS: Math.min(scope.commandMs, Math.ceil(left)) };
  if (session) options.session = session;
  if (comment) options.comment = comment;
  return options;
}

/** A command that mongod stopped for its time is the request's deadline, not a fault of the database. */
export async function inTime<R>(command: Promise<R>): Promise<R> {
  try {
    return await command;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === MAX_TIME_MS_EXPIRED)
      throw deadlineExceeded(error);
    throw error;
  }
}

const SERVER_SIDE_CODE = new Set(['$where', '$function', '$accumulator']);

/** Refuses JavaScript that mongod would run, wherever it hides in a filter or a pipeline. */
export function refuseServerSideCode(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) refuseServerSideCode(item);
  } else if (isPlainDocument(value)) {
    for (const key in value) {
      if (SERVER_SIDE_CODE.has(key)) throw new Error(`${key} runs code inside mongod and is refused`);
      refuseServerSideCode(value[key]);
    }
  }
}

export const isPlainDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
