import { Gauge, type Registry } from 'prom-client';
import { askedOnce } from '../../platform/asked-once.ts';
import { millisecondsOf } from '../../platform/events/token.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { toldCounter } from '../../platform/told-counter.ts';
import { webhookDeliveries, webhookFeed, webhookQueues, webhooks } from './collections.ts';

const MOST_COUNTED = 100_000;

export type WebhookFigures = {
  oldestSeconds: number;
  delivered: number;
  failed: number;
  died: number;
  dead: number;
  paused: number;
  /** Null where none was ever handed out. */
  outboxLagSeconds: number | null;
};

/** How it goes with the webhooks of all shops, as MongoDB has it: whichever process sends them. */
export async function webhookFigures(databases: readonly SystemDb[]): Promise<WebhookFigures> {
  const [first, ...others] = await Promise.all(databases.map(figuresIn));
  if (!first) throw new Error('Without a database there are no figures');
  return others.reduce(together, first);
}

const together = (one: WebhookFigures, other: WebhookFigures): WebhookFigures => ({
  oldestSeconds: Math.max(one.oldestSeconds, other.oldestSeconds),
  delivered: one.delivered + other.delivered,
  failed: one.failed + other.failed,
  died: one.died + other.died,
  dead: one.dead + other.dead,
  paused: one.paused + other.paused,
  outboxLagSeconds: one.outboxLagSeconds,
});

async function figuresIn(db: SystemDb): Promise<WebhookFigures> {
  const options = { ...db.options, ...db.because };
  const deliveries = db.collection(webhookDeliveries);
  const [oldest, dead, paused, feed, sums] = await Promise.all([
    deliveries.findOne(
      { status: 'PENDING', ...db.here },
      { projection: { at: 1 }, sort: { at: 1 }, ...options },
    ),
    deliveries.countDocuments({ status: 'DEAD', ...db.here }, { limit: MOST_COUNTED, ...options }),
    db
      .collection(webhooks)
      .countDocuments({ pausedAt: { $type: 'date' }, ...db.here }, { limit: MOST_COUNTED, ...options }),
    db.shared.collection(webhookFeed).findOne({ _id: 'outbox' }, db.options),
    db
      .collection(webhookQueues)
      .aggregate<Pick<WebhookFigures, 'delivered' | 'failed' | 'died'>>(
        [
          { $match: db.here },
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
  const outboxLagSeconds = feed?.token
    ? Math.max(0, (db.now().getTime() - millisecondsOf(feed.token)) / 1_000)
    : null;
  return { delivered: 0, failed: 0, died: 0, ...sums[0], oldestSeconds, dead, paused, outboxLagSeconds };
}

/** Asked for when somebody looks. All processes say the same, so their figures are not added up. */
export function watchWebhooks(registry: Registry, find: () => Promise<WebhookFigures>): void {
  const figures = askedOnce(find);
  const shared = { registers: [registry], aggregator: 'max' as const };
  const growing = [since(), since(), since()] as const;
  toldCounter(
    {
      name: 'webhook_deliveries_total',
      help: 'Tries to deliver an event to a webhook since this process was first asked, whichever made them, by outcome; dead are events that were given up after the last try',
      labelNames: ['outcome'],
      ...shared,
    },
    async () => {
      const now = await figures();
      if (!now) return null;
      const [delivered, failed, died] = growing;
      return [
        { labels: { outcome: 'delivered' }, count: delivered(now.delivered) },
        { labels: { outcome: 'failed' }, count: failed(now.failed) },
        { labels: { outcome: 'dead' }, count: died(now.died) },
      ];
    },
  );
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
  gauge(
    'outbox_lag_seconds',
    'Up to how long ago events are handed to webhooks, as the worker last wrote it down: some seconds, growing where none runs; 0 where none ever did',
    ({ outboxLagSeconds }) => outboxLagSeconds ?? 0,
  );
  gauge('webhooks_paused', 'Webhooks that are paused', ({ paused }) => paused);
  gauge(
    'webhook_oldest_undelivered_seconds',
    'Age of the oldest event that waits to be delivered, also behind a pause; 0 where none waits',
    ({ oldestSeconds }) => oldestSeconds,
  );
}

/** How much a sum has grown since it was first seen. It shrinks when a webhook is deleted, and no counter may. */
function since(): (sum: number) => number {
  let last: number | null = null;
  let grown = 0;
  return (sum) => {
    grown += Math.max(0, sum - (last ?? sum));
    last = sum;
    return grown;
  };
}
