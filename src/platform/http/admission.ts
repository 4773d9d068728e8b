import { LIMITS } from '../limits/limits.ts';
import { HttpError } from './body.ts';

export type AdmissionLimits = {
  /** How many may be at work at once. */
  atOnce: number;
  /** How many may wait for one of them to end; the rest is sent away at once. */
  waiting: number;
  /** How long one waits before it is sent away too. */
  patienceMs: number;
};

export const ADMISSION: AdmissionLimits = {
  atOnce: LIMITS.atOnce,
  waiting: LIMITS.waiting,
  patienceMs: LIMITS.waitingMs,
};

type Waiting = { go: () => void; timer: NodeJS.Timeout };

/** Keeps the work at hand bounded: under overload some are told to come again, and the others are answered in time. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #queue = new Set<Waiting>();
  #atWork = 0;
  #refused = 0;

  constructor(limits = ADMISSION) {
    this.#limits = limits;
  }

  /** Work in bounds; throws 503 where there is no room. */
  async admit<R>(work: () => Promise<R>): Promise<R> {
    if (this.#atWork < this.#limits.atOnce) this.#atWork += 1;
    else await this.#room();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  get state() {
    return { atWork: this.#atWork, waiting: this.#queue.size, refused: this.#refused };
  }

  #room(): Promise<void> {
    if (this.#queue.size >= this.#limits.waiting) return Promise.reject(this.#refusal());
    return new Promise((go, reject) => {
      const waiting = { go, timer: setTimeout(() => this.#giveUp(waiting, reject), this.#limits.patienceMs) };
      this.#queue.add(waiting);
    });
  }

  #giveUp(waiting: Waiting, reject: (error: unknown) => void) {
    this.#queue.delete(waiting);
    reject(this.#refusal());
  }

  /** Whoever has waited longest takes the place of who leaves. */
  #leave() {
    const [next] = this.#queue;
    if (!next) {
      this.#atWork -= 1;
      return;
    }
    this.#queue.delete(next);
    clearTimeout(next.timer);
    next.go();
  }

  #refusal(): HttpError {
    this.#refused += 1;
    return new HttpError(503, 'Too many requests are being answered; try again in a moment', {
      'retry-after': '1',
    });
  }
}
