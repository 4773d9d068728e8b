import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim, SharedStore } from './shared-store.ts';

/** So long others wait for whoever makes what they want; then they make it themselves. */
const PATIENCE_MS = 200;
const LOOK_EVERY_MS = 20;

/** Null where what is kept is of no use. */
type Take<E> = (text: string) => E | null;
/** Without a claim it is made for this process alone. */
type Make<E> = (claim: Claim | null) => Promise<E>;

/** What some process keeps in Redis, or else what `make` makes: by one of all processes at a time, while Redis is there. */
export async function madeOnce<E>(
  shared: SharedStore | null,
  key: string,
  { take, make }: { take: Take<E>; make: Make<E> },
): Promise<E> {
  for (let waited = 0; shared && waited <= PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const read = await shared.read(key);
    if (read.state === 'yours') return make(read.claim);
    if (read.state === 'away') break;
    if (read.state === 'there') {
      const taken = take(read.text);
      if (taken) return taken;
      const claim = await shared.claim(key);
      if (claim) return make(claim);
    }
    await sleep(LOOK_EVERY_MS);
  }
  return make(null);
}
