import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../platform/log.ts';
import type { Database } from '../../platform/mongo/client.ts';
import type { Services } from '../../services.ts';
import { type Delivering, deliverQueue } from './delivering.ts';
import { releaseFeed, takeFeed } from './feed.ts';
import { followOutbox } from './following.ts';
import { newOwner } from './lease.ts';
import { dueQueues } from './queues.ts';

const LEASE_MS = 15_000;
const LOOK_EVERY_MS = 1_000;
const QUEUES_AT_ONCE = 20;
/** What is under way has this long to end by itself when the process stops. */
const FAREWELL_MS = 3_000;

export type WebhookWorkerOptions = {
  database: Database;
  services: Services;
  schema: GraphQLSchema;
  log: Log;
  /** How long a worker that is gone keeps others from its work. */
  leaseMs?: number;
  /** How often it looks for what is due, beside being woken by what it hands out itself. */
  lookEveryMs?: number;
};

export type WebhookWorker = { stop: () => Promise<void> };

/** Delivers events to webhooks. Several processes may: one hands the events out, and all send, each webhook by one of them. */
export function startWebhookWorker({
  leaseMs = LEASE_MS,
  lookEveryMs = LOOK_EVERY_MS,
  ...parts
}: WebhookWorkerOptions): WebhookWorker {
  const stopping = new AbortController();
  const breaking = new AbortController();
  const signals = { stopping: stopping.signal, breaking: breaking.signal };
  const delivering: Delivering = { ...parts, ...signals, owner: newOwner(), leaseMs };
  const alarm = newAlarm(stopping.signal);
  const running = Promise.all([
    handOutAgain(delivering, alarm.ring),
    sendAgain(delivering, alarm, lookEveryMs),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      const late = setTimeout(() => breaking.abort(), FAREWELL_MS);
      await running;
      clearTimeout(late);
    },
  };
}

/** Waits for whoever hands events out to be gone, then is the one. */
async function handOutAgain(options: Delivering, handed: () => void): Promise<void> {
  const { database, log, owner, leaseMs, stopping: signal } = options;
  const db = database.systemDb('who hands events to webhooks');
  while (!signal.aborted) {
    try {
      const lease = await takeFeed(db, owner, leaseMs);
      if (lease)
        await followOutbox({ database, log, signal, leaseMs, handed }, lease).finally(() =>
          releaseFeed(db, lease),
        );
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'events could not be handed to webhooks');
    }
    await pauseFor(LOOK_EVERY_MS, signal);
  }
}

type Alarm = { ring: () => void; wait: (ms: number) => Promise<void> };

/** Wakes whoever waits, or is about to. */
function newAlarm(signal: AbortSignal): Alarm {
  let ringing = Promise.withResolvers<void>();
  return {
    ring: () => ringing.resolve(),
    wait: async (ms) => {
      const over = new AbortController();
      await Promise.race([ringing.promise, pauseFor(ms, AbortSignal.any([signal, over.signal]))]);
      over.abort();
      ringing = Promise.withResolvers();
    },
  };
}

const dueInAll = async (database: Database) => {
  const all = database.systemDbs('webhooks of all shops that have something to send');
  return (await Promise.all(all.map(dueQueues))).flat();
};

const pauseFor = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});

async function sendAgain(options: Delivering, alarm: Alarm, lookEveryMs: number): Promise<void> {
  const { database, log, stopping } = options;
  const underway = new Map<string, Promise<void>>();
  const start = (queue: Parameters<typeof deliverQueue>[1]) => {
    const name = String(queue._id);
    const sending = deliverQueue(options, queue)
      .catch((error) => log.error({ err: error, webhook: name }, 'a webhook could not be served'))
      .finally(() => {
        underway.delete(name);
        alarm.ring();
      });
    underway.set(name, sending);
  };
  while (!stopping.aborted) {
    try {
      const due = underway.size < QUEUES_AT_ONCE ? await dueInAll(database) : [];
      for (const queue of due)
        if (underway.size < QUEUES_AT_ONCE && !underway.has(String(queue._id))) start(queue);
    } catch (error) {
      log.error({ err: error }, 'it is not known which webhooks have something to send');
    }
    await alarm.wait(lookEveryMs);
  }
  await Promise.all(underway.values());
}
