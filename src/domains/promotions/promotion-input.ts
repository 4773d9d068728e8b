import type { ObjectId } from 'mongodb';
import { illegalState, invalid, notFound } from '../../platform/errors.ts';
import type { PromotionUpdateInput } from '../../schema.types.ts';
import { basisPoints } from '../catalogue/product-input.ts';
import { findId } from '../catalogue/products.ts';
import { foldCode } from '../pricing/discounts.ts';
import { toMinor } from '../pricing/money.ts';
import type { Promotion, PromotionType } from './documents.ts';
import { MAX_USES_OF_ONE } from './redemptions.ts';

const CODE = /^[^\s\p{C}]{1,50}$/u;
const MAX_DESCRIPTION = 500;
const MAX_LIST = 250;
const MAX_USES = 1_000_000_000;

/** What a client may say of a promotion. */
export type PromotionPatch = Omit<PromotionUpdateInput, 'id' | 'expectedVersion' | 'idempotencyKey'>;

export type PromotionTerms = Omit<
  Promotion,
  | ('_id' | 'tenantId' | 'isCounted' | 'usedCount' | 'version' | 'isDeleted' | 'deletedAt')
  | ('createdAt' | 'updatedAt' | 'createdBy' | 'updatedBy')
>;

/** The promotion with what the patch says: absent stays, null takes away. `before` is null for a new one. */
export function patchedTerms(
  before: Promotion | null,
  patch: PromotionPatch,
  currency: string,
): PromotionTerms {
  const code = readCode(patch.code ?? before?.code);
  const terms: PromotionTerms = {
    code,
    codeKey: foldCode(code),
    description: kept(patch.description, before?.description, readDescription),
    ...worth(before, patch, currency),
    currency,
    startsAt: kept(patch.startsAt, before?.startsAt, asGiven),
    endsAt: kept(patch.endsAt, before?.endsAt, asGiven),
    usageLimit: kept(patch.usageLimit, before?.usageLimit, readLimit('usageLimit', MAX_USES)),
    perCustomerLimit: kept(
      patch.perCustomerLimit,
      before?.perCustomerLimit,
      readLimit('perCustomerLimit', MAX_USES_OF_ONE),
    ),
    minimumTotal: kept(patch.minimumTotal, before?.minimumTotal, (decimal) =>
      amount(decimal, currency, 'minimumTotal'),
    ),
    productIds: kept(patch.productIds, before?.productIds, readIds('product', 'productIds')) ?? [],
    categoryIds: kept(patch.categoryIds, before?.categoryIds, readIds('category', 'categoryIds')) ?? [],
    tags: kept(patch.tags, before?.tags, readTags) ?? [],
    combinable: patch.combinable ?? before?.combinable ?? false,
    isActive: patch.isActive ?? before?.isActive ?? true,
  };
  checkTerms(before, terms);
  return terms;
}

/** Absent keeps, null clears, anything else is read. */
function kept<G, T>(
  given: G | null | undefined,
  before: T | null | undefined,
  read: (given: G) => T | null,
): T | null {
  if (given === undefined) return before ?? null;
  return given === null ? null : read(given);
}

const asGiven = (moment: Date) => moment;

function readCode(given: string | undefined): string {
  const code = given?.trim() ?? '';
  if (CODE.test(code)) return code;
  throw invalid('A code has 1 to 50 characters and no spaces, such as SUMMER15', 'input', 'code');
}

function readDescription(given: string): string | null {
  const text = given.trim();
  if (text.length <= MAX_DESCRIPTION) return text === '' ? null : text;
  throw invalid(`At most ${MAX_DESCRIPTION} characters, not ${text.length}`, 'input', 'description');
}

function worth(before: Promotion | null, { type: given, value }: PromotionPatch, currency: string) {
  const type = given ?? before?.type;
  if (type === undefined) throw invalid('Say what the code gives', 'input', 'type');
  if (type === 'FREE_SHIPPING') {
    if (value == null) return { type, value: 0 };
    throw invalid('Free shipping is not worth a stated amount: leave the value out', 'input', 'value');
  }
  if (value == null && before?.type === type) return { type, value: before.value };
  return { type, value: readValue(type, value, currency) };
}

function readValue(type: PromotionType, decimal: string | null | undefined, currency: string): number {
  if (decimal == null) throw invalid('Say how much the code takes off', 'input', 'value');
  const value = type === 'PERCENTAGE' ? basisPoints(decimal, 'value') : amount(decimal, currency, 'value');
  if (value > 0) return value;
  throw invalid('A discount is more than nothing', 'input', 'value');
}

function amount(decimal: string, currency: string, name: string): number {
  const minor = toMinor(decimal, currency, name);
  if (minor >= 0) return minor;
  throw invalid(`An amount is not below zero: ${decimal}`, 'input', name);
}

const readLimit = (name: string, most: number) => (limit: number) => {
  if (limit >= 1 && limit <= most) return limit;
  throw invalid(`A limit is 1 to ${most}, not ${limit}; leave it out for none`, 'input', name);
};

const readIds = (what: string, name: string) => (ids: readonly string[]) => {
  checkLength(ids, name);
  const read = ids.map((text, i): [string, ObjectId] => {
    const id = findId(text);
    if (!id) throw notFound(what, 'input', name, String(i));
    return [id.toHexString(), id];
  });
  return [...new Map(read).values()];
};

function readTags(tags: readonly string[]): string[] {
  checkLength(tags, 'tags');
  return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];
}

function checkLength(list: readonly unknown[], name: string) {
  if (list.length > MAX_LIST) throw invalid(`At most ${MAX_LIST}, not ${list.length}`, 'input', name);
}

function checkTerms(before: Promotion | null, { startsAt, endsAt, usageLimit, code }: PromotionTerms) {
  if (startsAt && endsAt && startsAt >= endsAt) throw invalid('It ends after it starts', 'input', 'endsAt');
  if (before && !before.isCounted && usageLimit !== null) {
    const message = `The uses of ${code} are not counted, as it was made without a limit: delete it and make it again`;
    throw illegalState(message, 'NOT_COUNTED', 'input', 'usageLimit');
  }
}
