import { serviceUnavailable } from '../errors.ts';

/** Runs work, a few pieces at once; the rest waits in a queue with an end. */
export type Gate = <R>(work: () => Promise<R>) => Promise<R>;

/** SERVICE_UNAVAILABLE with `message` for whom the queue has no place. */
export function openGate(atOnce: number, queued: number, message: string): Gate {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const enter = async () => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (waiting.length >= queued) throw serviceUnavailable(message);
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
