import type { Document } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import { countedOnce } from '../../platform/graphql/connection.ts';
import { findPage, type Keyset, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findId } from '../catalogue/products.ts';
import { foldCode } from '../pricing/discounts.ts';
import { promotions, redemptions } from './collections.ts';
import type { Promotion, PromotionList } from './documents.ts';

/** Counting further would cost more than the answer is worth. */
const MAX_COUNT = 10_000;

const isLive = { isDeleted: false };

const newest: Keyset<Promotion> = {
  name: 'NEWEST',
  path: 'createdAt',
  direction: -1,
  valueOf: ({ createdAt }) => createdAt,
};

export async function listPromotions(db: TenantDb, args: PageArgs): Promise<PromotionList> {
  const page = await findPage(db, args, newest, ({ filter, sort, limit }) =>
    db.collection(promotions).find({ ...isLive, ...filter }, { sort, limit }),
  );
  return { ...page, count: countedOnce((limit) => db.collection(promotions).count(isLive, { limit })) };
}

type Lookup = { id?: string | null | undefined; code?: string | null | undefined };

export async function findPromotion(db: TenantDb, { id, code }: Lookup): Promise<Promotion | null> {
  if ((id == null) === (code == null))
    throw badInput('Name the promotion by exactly one of id and code', 'id');
  if (code != null) return (await findPromotionsByCode(db, [code]))[0] ?? null;
  const _id = findId(id ?? '');
  return _id && db.collection(promotions).findOne({ _id, ...isLive });
}

export function findPromotionsByCode(db: TenantDb, codes: readonly string[]): Promise<Promotion[]> {
  const keys = codes.map(foldCode);
  return db.collection(promotions).find({ codeKey: { $in: keys }, ...isLive }, { limit: keys.length });
}

/** With how often this customer has used it, who may be known in several ways. */
export type PromotionFor = Promotion & { usedByCustomer: number };

/** Codes as they stand for one customer, in one command. */
export async function findPromotionsFor(
  db: TenantDb,
  codes: readonly string[],
  customers: readonly string[],
): Promise<PromotionFor[]> {
  if (codes.length === 0) return [];
  if (customers.length === 0) {
    const found = await findPromotionsByCode(db, codes);
    return found.map((promotion) => ({ ...promotion, usedByCustomer: 0 }));
  }
  return db
    .collection(promotions)
    .aggregate<PromotionFor>([
      { $match: { codeKey: { $in: codes.map(foldCode) }, ...isLive } },
      ...withUsesOf(customers),
    ]);
}

const withUsesOf = (customers: readonly string[]): Document[] => [
  {
    $lookup: {
      from: redemptions.name,
      localField: '_id',
      foreignField: 'promotionId',
      pipeline: [{ $match: { customers: { $in: customers } } }, { $limit: MAX_COUNT }, { $count: 'count' }],
      as: 'uses',
    },
  },
  { $set: { usedByCustomer: { $ifNull: [{ $first: '$uses.count' }, 0] } } },
  { $unset: 'uses' },
];
