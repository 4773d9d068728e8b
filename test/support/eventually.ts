import { expect } from 'vitest';

/** Holds as soon as it does; on a busy machine things take their time. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000, interval: 20 });
