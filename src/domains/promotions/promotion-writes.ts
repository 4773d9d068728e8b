import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { duplicate, notFound, versionConflict } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { PromotionCreateInput, PromotionDeleteInput, PromotionUpdateInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { categories, products } from '../catalogue/collections.ts';
import { findId } from '../catalogue/products.ts';
import { promotions } from './collections.ts';
import type { Promotion } from './documents.ts';
import { promotionChanged } from './events.ts';
import { type PromotionTerms, patchedTerms } from './promotion-input.ts';

export async function createPromotion(
  tx: TenantDb,
  { currency: asked, ...input }: PromotionCreateInput,
  { shop }: Context,
) {
  const currency = asked ?? shop.settings.currency;
  const terms = patchedTerms(null, input, currency);
  await refuseTakenCode(tx, terms, null);
  await refuseUnknown(tx, terms);
  const { at, by } = changeOf(tx);
  const promotion = await tx.collection(promotions).insertOne({
    _id: new ObjectId(),
    ...terms,
    isCounted: terms.usageLimit !== null,
    usedCount: 0,
    version: 1,
    createdAt: at,
    updatedAt: at,
    createdBy: by,
    updatedBy: by,
    isDeleted: false,
    deletedAt: null,
  });
  await told(tx, null, promotion, 'CREATED');
  return { promotion };
}

export async function updatePromotion(tx: TenantDb, { id, expectedVersion, ...patch }: PromotionUpdateInput) {
  const before = await promotionNamed(tx, id, expectedVersion);
  const terms = patchedTerms(before, patch, before.currency);
  await refuseTakenCode(tx, terms, before._id);
  await refuseUnknown(tx, terms);
  return { promotion: await change(tx, before, terms, 'UPDATED') };
}

export async function deletePromotion(tx: TenantDb, { id, expectedVersion }: PromotionDeleteInput) {
  const before = await promotionNamed(tx, id, expectedVersion);
  const gone = { isDeleted: true, deletedAt: tx.now() };
  return { promotion: await change(tx, before, gone, 'DELETED') };
}

/** Sets what is stated and leaves the number of uses to the orders that are being placed. */
async function change(
  tx: TenantDb,
  before: Promotion,
  set: Partial<PromotionTerms & Pick<Promotion, 'isDeleted' | 'deletedAt'>>,
  operation: 'UPDATED' | 'DELETED',
): Promise<Promotion> {
  const { at, by } = changeOf(tx);
  const promotion = await tx
    .collection(promotions)
    .findOneAndUpdate(
      { _id: before._id, version: before.version },
      { $set: { ...set, updatedAt: at, updatedBy: by }, $inc: { version: 1 } },
    );
  if (!promotion) throw versionConflict(before.version + 1);
  await told(tx, before, promotion, operation);
  return promotion;
}

const changeOf = (tx: TenantDb) => ({ at: tx.now(), by: tx.origin.actor });

async function told(
  tx: TenantDb,
  before: Promotion | null,
  after: Promotion,
  operation: 'CREATED' | 'UPDATED' | 'DELETED',
): Promise<void> {
  await recordChange(tx, { type: 'promotion', id: after._id, before, after });
  await appendEvent(tx, promotionChanged, { promotionId: after._id, operation });
}

async function promotionNamed(
  tx: TenantDb,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<Promotion> {
  const _id = findId(id);
  const promotion = _id && (await tx.collection(promotions).findOne({ _id, isDeleted: false }));
  if (!promotion) throw notFound('promotion', 'input', 'id');
  if (expectedVersion != null && expectedVersion !== promotion.version)
    throw versionConflict(promotion.version);
  return promotion;
}

async function refuseTakenCode(tx: TenantDb, { code, codeKey }: PromotionTerms, own: ObjectId | null) {
  const other = await tx.collection(promotions).findOne({ codeKey, isDeleted: false });
  if (!other || own?.equals(other._id)) return;
  throw duplicate(`There is a code ${code} already`, other._id.toHexString(), 'input', 'code');
}

/** A code for goods that are not there would never count. */
async function refuseUnknown(tx: TenantDb, { productIds, categoryIds }: PromotionTerms): Promise<void> {
  const isLive = { isDeleted: false };
  const only = { projection: { _id: 1 } };
  const found = await tx
    .collection(products)
    .find({ _id: { $in: productIds }, ...isLive }, { limit: productIds.length, ...only });
  refuseMissing('product', 'productIds', productIds, found);
  const foundCategories = await tx
    .collection(categories)
    .find({ _id: { $in: categoryIds }, ...isLive }, { limit: categoryIds.length, ...only });
  refuseMissing('category', 'categoryIds', categoryIds, foundCategories);
}

function refuseMissing(what: string, name: string, wanted: ObjectId[], found: { _id: ObjectId }[]): void {
  const missing = wanted.findIndex((id) => !found.some(({ _id }) => _id.equals(id)));
  if (missing >= 0) throw notFound(what, 'input', name, String(missing));
}
