import { ObjectId } from 'mongodb';
import type { SystemDb } from '../../../platform/mongo/system-db.ts';
import type { RedisHandle } from '../../../platform/redis/client.ts';
import { openStream, type StreamState } from '../../../platform/redis/stream.ts';
import { countViews, type View } from './count-views.ts';

const BATCH = 500;
/** What is left is counted in the next round. */
const MOST_BATCHES = 20;
const MOST_IN_REDIS = 100_000;
const MOST_IN_MEMORY = 10_000;
const DEAD_MS = 30_000;

/** A view with its shop. */
export type ShopView = View & { tenantId: ObjectId };

/**
 * Views wait in a stream of Redis until they are counted, so that a look at a product costs no write to MongoDB. Without
 * Redis they wait in this process, and what waits there is lost when it is killed.
 */
export type ViewCounter = {
  /** Never fails. */
  note: (view: ShopView) => Promise<void>;
  /** Counts what waits; called on a clock by every process. */
  count: (db: SystemDb) => Promise<void>;
  /** Counts what waits in this process alone: at its end. */
  countOwn: (db: SystemDb) => Promise<void>;
  figures: () => ViewFigures;
  /** What waits in Redis; null while it is away. */
  stream: () => Promise<StreamState | null>;
};

export type ViewFigures = {
  inMemory: number;
  /** Of those in memory, past the most that are kept. */
  dropped: number;
};

export function openViewCounter(redis: RedisHandle | null, deadMs = DEAD_MS): ViewCounter {
  const stream =
    redis && openStream(redis, { key: 'souk:product-views', group: 'count', most: MOST_IN_REDIS, deadMs });
  let inMemory: ShopView[] = [];
  let dropped = 0;
  const keep = (views: ShopView[]) => {
    const room = Math.max(0, MOST_IN_MEMORY - inMemory.length);
    inMemory.push(...views.slice(0, room));
    dropped += Math.max(0, views.length - room);
  };

  async function countMemory(db: SystemDb): Promise<void> {
    const views = inMemory;
    inMemory = [];
    for (let start = 0; start < views.length; start += BATCH) {
      // What was counted although it failed is known by its name, and does not count again.
      await countBatch(db, views.slice(start, start + BATCH)).catch((error) => {
        keep(views.slice(start));
        throw error;
      });
    }
  }

  async function countStream(db: SystemDb): Promise<void> {
    for (let batches = 0; stream && batches < MOST_BATCHES; batches++) {
      const entries = await stream.take(BATCH);
      if (entries.length === 0) return;
      await countBatch(
        db,
        entries.flatMap(({ fields }) => readView(fields) ?? []),
      );
      await stream.done(entries);
    }
  }

  return {
    note: async (view) => {
      // What Redis has all the same has the same name.
      if (!(await stream?.add(writeView(view)))) keep([view]);
    },
    count: async (db) => {
      await countMemory(db);
      await countStream(db);
    },
    countOwn: countMemory,
    figures: () => ({ inMemory: inMemory.length, dropped }),
    stream: async () => (await stream?.state()) ?? null,
  };
}

/** A transaction for each shop. */
async function countBatch(db: SystemDb, views: ShopView[]): Promise<void> {
  for (const [tenant, ofShop] of Map.groupBy(views, ({ tenantId }) => tenantId.toHexString()))
    await countViews(db.forTenant(new ObjectId(tenant)), ofShop);
}

const writeView = ({ tenantId, productId, name, date }: ShopView) => ({
  tenant: tenantId.toHexString(),
  product: productId.toHexString(),
  ...{ name, date },
});

/** Null for what is none: it is nobody's, and would otherwise be in the way for ever. */
function readView({ tenant, product, name, date }: Record<string, string>): ShopView | null {
  if (!isId(tenant) || !isId(product) || !name || !date || Number.isNaN(Date.parse(date))) return null;
  return { tenantId: new ObjectId(tenant), productId: new ObjectId(product), name, date };
}

const isId = (text: string | undefined): text is string => text !== undefined && ObjectId.isValid(text);
