import { MongoError } from 'mongodb';
import { AppError } from '../../platform/errors.ts';

/** Waits for work that can as well be done later: what keeps the database from doing it now is no fault of the caller's. */
export async function ifPossible(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof MongoError || error instanceof AppError)) throw error;
  }
}
