import { type Filter, ObjectId } from 'mongodb';
import { illegalState } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { foldCode } from '../pricing/discounts.ts';
import { type CodeProblem, problemMessage, problemOf } from './applicable.ts';
import { promotions, redemptions } from './collections.ts';
import { type Customer, customerKeys } from './customers.ts';
import type { Promotion, Redemption } from './documents.ts';
import { findPromotionsByCode } from './promotions.ts';

/** No limit per customer is higher: beyond it the uses of one customer would be many to look through. */
export const MAX_USES_OF_ONE = 1_000;

export type Use = { customer: Customer; orderId: ObjectId };

/**
 * Counts the codes as used by an order, in the order's transaction: either all of it happens or none. Call it late in
 * the transaction, for from here on others who use a counted code wait for its end. ILLEGAL_STATE with the state
 * `CODE_…` of the first code that cannot be used any more.
 */
export async function redeemCodes(tx: TenantDb, codes: readonly string[], use: Use): Promise<Redemption[]> {
  if (codes.length === 0) return [];
  const found = await findPromotionsByCode(tx, codes);
  const missing = codes.find((code) => !found.some(({ codeKey }) => codeKey === foldCode(code)));
  if (missing !== undefined) throw refused(missing, 'UNKNOWN');
  const used: Redemption[] = [];
  // In one order for all, so that two who use the same codes never wait for each other.
  for (const promotion of found.toSorted(byKey)) used.push(await redeem(tx, promotion, use));
  return used;
}

const byKey = (a: Promotion, b: Promotion) => (a.codeKey < b.codeKey ? -1 : 1);

async function redeem(tx: TenantDb, promotion: Promotion, { customer, orderId }: Use): Promise<Redemption> {
  const { _id, code, isCounted, perCustomerLimit } = promotion;
  const problem = problemOf({ ...promotion, usedByCustomer: 0 }, tx.now());
  if (problem) throw refused(code, problem);
  const customers = customerKeys(customer);
  const use = perCustomerLimit === null ? orderId : await freeUse(tx, promotion, perCustomerLimit, customers);
  if (isCounted) await countUse(tx, promotion);
  const row = { _id: new ObjectId(), promotionId: _id, code, orderId, customers, use, at: tx.now() };
  return tx.collection(redemptions).insertOne(row);
}

/** The filter is the check: no two orders can both have the last use. */
async function countUse(tx: TenantDb, { _id, code }: Promotion): Promise<void> {
  const left: Filter<Promotion> = {
    $or: [{ usageLimit: null }, { $expr: { $lt: ['$usedCount', '$usageLimit'] } }],
  };
  const { matchedCount } = await tx
    .collection(promotions)
    .updateOne({ _id, isDeleted: false, ...left }, { $inc: { usedCount: 1 } });
  if (matchedCount === 0) throw refused(code, 'USED_UP');
}

/**
 * The first of a customer's uses that is free. Two orders at once find the same one; the unique index lets one of them
 * have it, and the other one runs again.
 */
async function freeUse(
  tx: TenantDb,
  { _id: promotionId, code }: Promotion,
  limit: number,
  customers: string[],
): Promise<number> {
  if (customers.length === 0) {
    const message = `The code ${code} is limited per customer: say who buys, by an e-mail address`;
    throw illegalState(message, 'CODE_NEEDS_CUSTOMER', 'input');
  }
  const used = await tx
    .collection(redemptions)
    .find({ promotionId, customers: { $in: customers } }, { limit: MAX_USES_OF_ONE, projection: { use: 1 } });
  if (used.length >= limit) throw refused(code, 'USED_UP_BY_CUSTOMER');
  const taken = new Set(used.map(({ use }) => use));
  let free = 1;
  while (taken.has(free)) free += 1;
  return free;
}

const refused = (code: string, problem: CodeProblem) =>
  illegalState(`${problemMessage(problem)}: ${code}`, `CODE_${problem}`, 'input');

/** Gives back what an order used, when it is cancelled; how many codes. Once more for the same order gives nothing. */
export async function returnCodes(tx: TenantDb, orderId: ObjectId): Promise<number> {
  const used = await tx.collection(redemptions).find({ orderId }, { limit: MAX_USES_OF_ONE });
  for (const { _id, promotionId } of used) {
    await tx.collection(redemptions).deleteOne({ _id });
    await tx
      .collection(promotions)
      .updateOne({ _id: promotionId, isCounted: true, usedCount: { $gt: 0 } }, { $inc: { usedCount: -1 } });
  }
  return used.length;
}
