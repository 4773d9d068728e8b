import { LIMITS } from '../limits/limits.ts';
import { HttpError } from './body.ts';

/** What each command to the database has as its own deadline should end first: it knows what became of its part. */
const GRACE_MS = 250;

/** Answers in any case when a request should be answered; what was begun goes on to its end, and may be done by then. */
export async function inTime<R>(work: Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), LIMITS.requestMs + GRACE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = () =>
  new HttpError(
    504,
    `The request took longer than ${LIMITS.requestMs / 1_000} s; ask for less, or try again with the same idempotencyKey`,
  );
