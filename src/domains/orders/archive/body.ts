import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { Binary, BSON } from 'mongodb';
import type { Order, OrderEvent } from '../documents.ts';
import type { ArchivedHead, ArchivedOrder } from './collections.ts';

/** An order with its whole history. */
export type Whole = { order: Order; events: OrderEvent[] };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
/** Of one order there is little to compress, once: a high level costs a millisecond. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 12 } };
/** Far above what an order with ten thousand events takes, and below what one document may have. */
const MOST_BYTES = 15 * 1024 * 1024;

export async function archived({ order, events }: Whole, archivedAt: Date): Promise<ArchivedOrder> {
  const body = await compress(BSON.serialize({ order, events }), LEVEL);
  return { ...headOf(order), archivedAt, body: new Binary(body) };
}

export async function opened({ body }: Pick<ArchivedOrder, 'body'>): Promise<Whole> {
  return BSON.deserialize(await decompress(body.buffer, { maxOutputLength: MOST_BYTES })) as Whole;
}

/** Whether it can be stored as one document, and read again. */
export const mayBeArchived = (whole: Whole): boolean => BSON.calculateObjectSize(whole) < MOST_BYTES;

export function headOf(order: Order): ArchivedHead {
  const { _id, tenantId, number, cartId, userId, emailKey, status, currency } = order;
  const { paid, refunded, placedAt, paidAt, updatedAt, version, lines, refunds } = order;
  return {
    ...{ _id, tenantId, number, cartId, userId, emailKey, status, currency },
    ...{ paid, refunded, placedAt, paidAt, updatedAt, version },
    lines: lines.map(({ productId, quantity, cancelled, returned }) => ({
      ...{ productId, quantity },
      ...(cancelled > 0 && { cancelled }),
      ...(returned > 0 && { returned }),
    })),
    refunds: refunds.map(({ _id, amount, status, at }) => ({ _id, amount, status, at })),
  };
}
