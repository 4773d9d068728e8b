import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 1_000;

/**
 * Whoever asks while it is being found out is told the same; null without an answer in time, so that the figures of before
 * stay: the other metrics are wanted most when the database does not answer.
 */
export function askedOnce<T>(find: () => Promise<T>): () => Promise<T | null> {
  let asking: Promise<T | null> | undefined;
  const ask = () => Promise.race([find().catch(() => null), sleep(PATIENCE_MS, null, { ref: false })]);
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
