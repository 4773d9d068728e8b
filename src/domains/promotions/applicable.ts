import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { foldCode } from '../pricing/discounts.ts';
import { type Customer, customerKeys } from './customers.ts';
import type { Promotion } from './documents.ts';
import { findPromotionsFor, type PromotionFor } from './promotions.ts';

/** What codes are tried on: lines with the goods in them, `subtotal` before discounts of codes. */
export type CodeContext = { currency: string; lines: readonly CodeLine[]; customer: Customer };

export type CodeLine = {
  id: string;
  productId: ObjectId;
  categoryIds: readonly ObjectId[];
  tags: readonly string[];
  subtotal: number;
};

export type CodeProblem =
  | ('UNKNOWN' | 'NOT_STARTED' | 'EXPIRED' | 'USED_UP' | 'USED_UP_BY_CUSTOMER')
  | ('MINIMUM_NOT_REACHED' | 'NOT_COMBINABLE' | 'OTHER_PRODUCTS' | 'OTHER_CURRENCY');

/** `lineIds` are the lines that it is for; null for all. */
export type AppliedCode = { code: string; promotion: Promotion; lineIds: ReadonlySet<string> | null };
export type RefusedCode = { code: string; problem: CodeProblem };
export type Applicable = { applied: AppliedCode[]; refused: RefusedCode[] };

/** Which codes count for these goods, and why the others do not; one command. */
export async function findApplicable(
  db: TenantDb,
  codes: readonly string[],
  context: CodeContext,
): Promise<Applicable> {
  const found = await findPromotionsFor(db, codes, customerKeys(context.customer));
  return applicableOf(codes, found, context, db.now());
}

/**
 * The same on promotions that are at hand. Codes are tried in the order given: the first that counts stays, and a
 * later one beside it only when both can be combined.
 */
export function applicableOf(
  codes: readonly string[],
  found: readonly PromotionFor[],
  context: Omit<CodeContext, 'customer'>,
  at: Date,
): Applicable {
  const byKey = new Map(found.map((promotion) => [promotion.codeKey, promotion]));
  const applied: AppliedCode[] = [];
  const refused: RefusedCode[] = [];
  for (const code of codes) {
    const promotion = byKey.get(foldCode(code));
    const lineIds = promotion ? linesFor(promotion, context.lines) : null;
    const problem = promotion
      ? (problemOf(promotion, at) ?? misfitOf(promotion, lineIds, context) ?? clashOf(promotion, applied))
      : 'UNKNOWN';
    if (promotion && !problem) applied.push({ code, promotion, lineIds });
    else refused.push({ code, problem: problem ?? 'UNKNOWN' });
  }
  return { applied, refused };
}

/** What is in the way whatever is bought. A code that was switched off is to shoppers as if it were not there. */
export function problemOf(promotion: PromotionFor, at: Date): CodeProblem | null {
  const { isActive, startsAt, endsAt, usageLimit, usedCount, perCustomerLimit, usedByCustomer } = promotion;
  if (!isActive) return 'UNKNOWN';
  if (startsAt && at < startsAt) return 'NOT_STARTED';
  if (endsAt && at >= endsAt) return 'EXPIRED';
  if (usageLimit !== null && usedCount >= usageLimit) return 'USED_UP';
  return perCustomerLimit !== null && usedByCustomer >= perCustomerLimit ? 'USED_UP_BY_CUSTOMER' : null;
}

function misfitOf(
  { type, currency, minimumTotal }: Promotion,
  lineIds: ReadonlySet<string> | null,
  context: Omit<CodeContext, 'customer'>,
): CodeProblem | null {
  const hasAmounts = type === 'FIXED_AMOUNT' || minimumTotal !== null;
  if (hasAmounts && currency !== context.currency) return 'OTHER_CURRENCY';
  if (lineIds?.size === 0) return 'OTHER_PRODUCTS';
  const meant = context.lines.filter(({ id }) => lineIds === null || lineIds.has(id));
  const worth = meant.reduce((sum, { subtotal }) => sum + subtotal, 0);
  return minimumTotal !== null && worth < minimumTotal ? 'MINIMUM_NOT_REACHED' : null;
}

const clashOf = ({ combinable }: Promotion, applied: readonly AppliedCode[]): CodeProblem | null =>
  applied.length > 0 && !(combinable && applied.every(({ promotion }) => promotion.combinable))
    ? 'NOT_COMBINABLE'
    : null;

function linesFor(promotion: Promotion, lines: readonly CodeLine[]): ReadonlySet<string> | null {
  const products = new Set(promotion.productIds.map(String));
  const categories = new Set(promotion.categoryIds.map(String));
  const tags = new Set(promotion.tags);
  if (products.size + categories.size + tags.size === 0) return null;
  const meant = lines.filter(
    (line) =>
      products.has(String(line.productId)) ||
      line.categoryIds.some((id) => categories.has(String(id))) ||
      line.tags.some((tag) => tags.has(tag)),
  );
  return new Set(meant.map(({ id }) => id));
}

const MESSAGES: Record<CodeProblem, string> = {
  UNKNOWN: 'There is no such code',
  NOT_STARTED: 'This code cannot be used yet',
  EXPIRED: 'This code can no longer be used',
  USED_UP: 'This code has been used as often as it may be',
  USED_UP_BY_CUSTOMER: 'This customer has used the code as often as one may',
  MINIMUM_NOT_REACHED: 'The goods that this code is for do not come to its minimum',
  NOT_COMBINABLE: 'This code cannot be used together with the ones before it',
  OTHER_PRODUCTS: 'This code is for other goods',
  OTHER_CURRENCY: 'This code is for another currency',
};

export const problemMessage = (problem: CodeProblem): string => MESSAGES[problem];
