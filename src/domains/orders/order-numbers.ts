import { LRUCache } from 'lru-cache';
import { MongoServerError } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { orderCounters } from './collections.ts';

const FIRST = 1_001;
const LARGEST_BLOCK = 64;
/** A block that is used up sooner was too small. */
const SHORT_MS = 1_000;
const MOST_SHOPS = 1_000;
const DUPLICATE_KEY = 11000;

/** Numbers of one shop that this process may give out. */
type Block = { next: number; end: number; size: number; since: number };

type Shops = { blocks: LRUCache<string, Block>; taking: Map<string, Promise<Block>> };

/**
 * Numbers for orders, allocated outside of their transactions: a counter inside them would make all buyers of a shop
 * wait in line. A process takes them by blocks, of one while a shop is quiet, so that its numbers have no gaps without
 * need, and of more the faster they go.
 */
export class OrderNumbers {
  readonly #databases = new WeakMap<object, Shops>();

  async next(db: TenantDb): Promise<string> {
    const { blocks, taking } = this.#shopsOf(db);
    const shop = db.tenantId.toHexString();
    for (;;) {
      const block = blocks.get(shop);
      if (block && block.next < block.end) return String(block.next++);
      const underWay = taking.get(shop);
      // Whose block it is may have less time; then this one takes the next.
      if (underWay) await underWay.catch(() => {});
      else await take(db, shop, { blocks, taking });
    }
  }

  #shopsOf({ connection }: TenantDb): Shops {
    const known = this.#databases.get(connection);
    const shops = known ?? { blocks: new LRUCache({ max: MOST_SHOPS }), taking: new Map() };
    if (!known) this.#databases.set(connection, shops);
    return shops;
  }
}

async function take(db: TenantDb, shop: string, { blocks, taking }: Shops): Promise<void> {
  const block = takeBlock(db, sizeAfter(blocks.get(shop)));
  taking.set(shop, block);
  try {
    blocks.set(shop, await block);
  } finally {
    taking.delete(shop);
  }
}

function sizeAfter(last: Block | undefined): number {
  if (!last || Date.now() - last.since > SHORT_MS) return 1;
  return Math.min(last.size * 2, LARGEST_BLOCK);
}

/** Taken twice, as by a repeat of what went through, it is a gap: numbers say nothing about each other. */
async function takeBlock(db: TenantDb, size: number): Promise<Block> {
  const last = await db.retry(() => raise(db, size));
  return { next: FIRST + last - size, end: FIRST + last, size, since: Date.now() };
}

async function raise(db: TenantDb, by: number): Promise<number> {
  const counter = { _id: db.tenantId };
  try {
    const raised = await db
      .collection(orderCounters)
      .findOneAndUpdate(counter, { $inc: { last: by } }, { upsert: true });
    return raised?.last ?? by;
  } catch (error) {
    // Two processes begin the counter of a new shop at once: now it is there.
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return raise(db, by);
    throw error;
  }
}
