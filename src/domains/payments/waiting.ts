import { setTimeout as sleep } from 'node:timers/promises';

/** What a call answers in time; undefined when it fails, or nobody has waited for it any longer. */
export async function answerOf<R>(
  call: () => Promise<R>,
  ms: number,
  onFailure: (error: unknown) => void,
): Promise<R | undefined> {
  const over = new AbortController();
  const time = sleep(ms, undefined, { signal: over.signal }).then(
    (): undefined => void onFailure(new Error(`A payment provider has not answered within ${ms} ms`)),
    () => undefined,
  );
  // An answer that comes later finds nobody, and no failure of it may end the process.
  const answer = Promise.try(call).catch((error): undefined => void onFailure(error));
  try {
    return await Promise.race([answer, time]);
  } finally {
    over.abort();
  }
}
