import { Gauge, type Registry } from 'prom-client';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { webhookDeliveries, webhookQueues, webhooks } from './collections.ts';

const MOST_COUNTED = 100_000;

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
export function watchWebhooks(registry: Registry, figures: () => Promise<WebhookFigures>): void {
  const shared = { registers: [registry], aggregator: 'max' as const };
  const outcomes = new Gauge({
    name: 'webhook_deliveries',
    help: 'Tries to deliver an event to a webhook, by outcome; dead are events that were given up after the last try',
    labelNames: ['outcome'],
    ...shared,
  });
  const dead = new Gauge({
    name: 'webhook_deliveries_dead',
    help: 'Events that were given up and not replayed',
    ...shared,
  });
  const paused = new Gauge({ name: 'webhooks_paused', help: 'Webhooks that are paused', ...shared });
  new Gauge({
    name: 'webhook_oldest_undelivered_seconds',
    help: 'Age of the oldest event that waits to be delivered, also behind a pause; 0 where none waits',
    ...shared,
    async collect() {
      const now = await figures();
      this.set(now.oldestSeconds);
      outcomes.set({ outcome: 'delivered' }, now.delivered);
      outcomes.set({ outcome: 'failed' }, now.failed);
      outcomes.set({ outcome: 'dead' }, now.died);
      dead.set(now.dead);
      paused.set(now.paused);
    },
  });
}
