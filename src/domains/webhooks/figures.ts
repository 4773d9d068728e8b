import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { webhookDeliveries, webhookQueues, webhooks } from './collections.ts';

const MOST_COUNTED = 100_000;
const PATIENCE_MS = 1_000;

export type WebhookFigures = {
  oldestSeconds: number;
  delivered: number;
  failed: number;
  died: number;
  dead: number;
  paused: number;
};

/** How it goes with the webhooks of all shops, as MongoDB has it: whichever process sends them. */
export async function webhookFigures(db: SystemDb): Promise<WebhookFigures> {
  const options = { ...db.options, ...db.because };
  const deliveries = db.collection(webhookDeliveries);
  const [oldest, dead, paused, sums] = await Promise.all([
    deliveries.findOne({ status: 'PENDING' }, { projection: { at: 1 }, sort: { at: 1 }, ...options }),
    deliveries.countDocuments({ status: 'DEAD' }, { limit: MOST_COUNTED, ...options }),
    db
      .collection(webhooks)
      .countDocuments({ pausedAt: { $type: 'date' } }, { limit: MOST_COUNTED, ...options }),
    db
      .collection(webhookQueues)
      .aggregate<Pick<WebhookFigures, 'delivered' | 'failed' | 'died'>>(
        [
          {
            $group: {
              _id: null,
              delivered: { $sum: '$delivered' },
              failed: { $sum: '$failed' },
              died: { $sum: '$died' },
            },
          },
        ],
        options,
      )
      .toArray(),
  ]);
  const oldestSeconds = oldest ? Math.max(0, (db.now().getTime() - oldest.at.getTime()) / 1_000) : 0;
  return { delivered: 0, failed: 0, died: 0, ...sums[0], oldestSeconds, dead, paused };
}

/** Asked for when somebody looks. All processes say the same, so their figures are not added up. */
export function watchWebhooks(registry: Registry, find: () => Promise<WebhookFigures>): void {
  const figures = askedOnce(find);
  const shared = { registers: [registry], aggregator: 'max' as const };
  new Gauge({
    name: 'webhook_deliveries',
    help: 'Tries to deliver an event to a webhook, by outcome; dead are events that were given up after the last try',
    labelNames: ['outcome'],
    ...shared,
    async collect() {
      const now = await figures();
      if (!now) return;
      this.set({ outcome: 'delivered' }, now.delivered);
      this.set({ outcome: 'failed' }, now.failed);
      this.set({ outcome: 'dead' }, now.died);
    },
  });
  const gauge = (name: string, help: string, read: (figures: WebhookFigures) => number) =>
    new Gauge({
      name,
      help,
      ...shared,
      async collect() {
        const now = await figures();
        if (now) this.set(read(now));
      },
    });
  gauge('webhook_deliveries_dead', 'Events that were given up and not replayed', ({ dead }) => dead);
  gauge('webhooks_paused', 'Webhooks that are paused', ({ paused }) => paused);
  gauge(
    'webhook_oldest_undelivered_seconds',
    'Age of the oldest event that waits to be delivered, also behind a pause; 0 where none waits',
    ({ oldestSeconds }) => oldestSeconds,
  );
}

/**
 * Whoever asks while it is being found out is told the same. Without an answer in time the figures of before stay: the
 * other metrics are wanted most when the database does not answer.
 */
function askedOnce<T>(find: () => Promise<T>): () => Promise<T | null> {
  let asking: Promise<T | null> | undefined;
  const ask = () => Promise.race([find().catch(() => null), sleep(PATIENCE_MS, null, { ref: false })]);
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
