import slugify from '@sindresorhus/slugify';
import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, invalid, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type {
  ProductCreateInput,
  ProductDeleteInput,
  ProductRestoreInput,
  ProductRestoreVersionInput,
  ProductUpdateInput,
  ProductUpsertInput,
  ProductVariantDeleteInput,
  ProductVariantsUpsertInput,
} from '../../schema.types.ts';
import { limitsOf } from '../tenants/plans.ts';
import { findCategoriesById } from './categories.ts';
import { products } from './collections.ts';
import type { Category, Product } from './documents.ts';
import { refuseOverPlan } from './plan-limit.ts';
import { type Change, changedProduct, newProduct, promisedOf, withKeys } from './product-document.ts';
import type { ProductDraft } from './product-draft.ts';
import { draftOf, type ProductPatch, patchedDraft } from './product-input.ts';
import { findId } from './products.ts';
import { insertProduct, replaceProduct } from './save-product.ts';
import { findVersion } from './versions.ts';

type Expected = { expectedVersion?: number | null };

export async function createProduct(tx: TenantDb, input: ProductCreateInput, context: Context) {
  const draft = patchedDraft(null, input, context.shop.settings.currency);
  const category = input.categoryId == null ? null : await categoryNamed(tx, input.categoryId);
  return { product: await addProduct(tx, draft, category, context) };
}

export async function updateProduct(tx: TenantDb, { id, ...patch }: ProductUpdateInput, context: Context) {
  const before = await productNamed(tx, id, 'id', patch);
  return { product: await changeProduct(tx, before, patch, context) };
}

/** By sku: the one who imports a catalogue need not know what is in the shop. */
export async function upsertProduct(
  tx: TenantDb,
  { expectedVersion, ...input }: ProductUpsertInput,
  context: Context,
) {
  const before = await tx.collection(products).findOne({ sku: input.sku.trim(), isDeleted: false });
  if (before) {
    checkVersion(before, { expectedVersion });
    return { product: await changeProduct(tx, before, input, context) };
  }
  if (expectedVersion != null) throw notFound(`product with the sku ${input.sku}`, 'input', 'sku');
  const draft = patchedDraft(null, input, context.shop.settings.currency);
  const category = input.categoryId == null ? null : await categoryNamed(tx, input.categoryId);
  return { product: await addProduct(tx, draft, category, context) };
}

export async function deleteProduct(tx: TenantDb, { id, ...input }: ProductDeleteInput) {
  const before = await productNamed(tx, id, 'id', input);
  const promised = before.variants.find((variant) => promisedOf(variant) > 0);
  if (promised) {
    throw illegalState(
      `${promisedOf(promised)} pieces of ${promised.sku} are reserved: release them first`,
      'RESERVED',
      'input',
      'id',
    );
  }
  const { at, by } = changeOf(tx);
  const { tenantId: _, ...rest } = before;
  const after = {
    ...rest,
    isDeleted: true,
    deletedAt: at,
    version: before.version + 1,
    updatedAt: at,
    updatedBy: by,
  };
  return { product: await replaceProduct(tx, before, after, 'DELETED') };
}

export async function restoreProduct(tx: TenantDb, { id, ...input }: ProductRestoreInput) {
  const before = await productNamed(tx, id, 'id', input, true);
  if (!before.isDeleted) throw illegalState('The product is not deleted', before.status, 'input', 'id');
  const { at, by } = changeOf(tx);
  const { tenantId: _, ...rest } = before;
  const after = {
    ...rest,
    isDeleted: false,
    deletedAt: null,
    version: before.version + 1,
    updatedAt: at,
    updatedBy: by,
  };
  return { product: await replaceProduct(tx, before, withKeys(after, at), 'RESTORED') };
}

/** What was stated then is stated again; what has happened since (stock, reviews) is not undone. */
export async function restoreProductVersion(
  tx: TenantDb,
  { id, version, ...input }: ProductRestoreVersionInput,
) {
  const before = await productNamed(tx, id, 'id', input);
  const former = await findVersion(tx, before._id, version);
  if (!former) throw notFound(`version ${version} of this product`, 'input', 'version');
  const today = new Map(before.variants.map(({ sku, inventory }) => [sku, inventory.quantity]));
  const stated = draftOf(former.document);
  const variants = stated.variants.map((variant) => ({ ...variant, quantity: today.get(variant.sku) ?? 0 }));
  const category = former.document.category && (await findCategory(tx, former.document.category._id));
  const after = changedProduct(before, { ...stated, variants }, category, changeOf(tx));
  return { product: await replaceProduct(tx, before, after) };
}

export async function upsertVariants(tx: TenantDb, input: ProductVariantsUpsertInput, context: Context) {
  if (input.variants.length === 0) throw invalid('Name at least one variant', 'input', 'variants');
  const before = await productNamed(tx, input.productId, 'productId', input);
  return { product: await changeProduct(tx, before, { variants: input.variants }, context) };
}

export async function deleteVariant(tx: TenantDb, { productId, sku, ...input }: ProductVariantDeleteInput) {
  const before = await productNamed(tx, productId, 'productId', input);
  const variant = before.variants.find((candidate) => candidate.sku === sku);
  if (!variant) throw notFound(`variant with the sku ${sku} of this product`, 'input', 'sku');
  const promised = promisedOf(variant);
  if (promised > 0)
    throw illegalState(`${promised} pieces of ${sku} are reserved`, 'RESERVED', 'input', 'sku');
  const draft = draftOf(before);
  const variants = draft.variants.filter((candidate) => candidate.sku !== sku);
  const after = changedProduct(before, { ...draft, variants }, await categoryOf(tx, before), changeOf(tx));
  return { product: await replaceProduct(tx, before, after) };
}

async function addProduct(tx: TenantDb, draft: ProductDraft, category: Category | null, { shop }: Context) {
  await refuseOverPlan(tx, limitsOf(shop.plan).products);
  const slug = draft.slug ?? (await freeSlug(tx, draft.name));
  return insertProduct(tx, newProduct({ ...draft, slug }, category, changeOf(tx)));
}

async function changeProduct(tx: TenantDb, before: Product, patch: ProductPatch, { shop }: Context) {
  const draft = patchedDraft(draftOf(before), patch, shop.settings.currency);
  const category =
    patch.categoryId === undefined
      ? await categoryOf(tx, before)
      : patch.categoryId === null
        ? null
        : await categoryNamed(tx, patch.categoryId);
  return replaceProduct(tx, before, changedProduct(before, draft, category, changeOf(tx)));
}

const changeOf = (tx: TenantDb): Change => ({ at: tx.now(), by: tx.origin.actor });

async function productNamed(tx: TenantDb, id: string, name: string, expected: Expected, deletedToo = false) {
  const key = findId(id);
  const filter = deletedToo ? {} : { isDeleted: false };
  const product = key && (await tx.collection(products).findOne({ _id: key, ...filter }));
  if (!product) throw notFound('product', 'input', name);
  checkVersion(product, expected);
  return product;
}

function checkVersion({ version }: { version: number }, { expectedVersion }: Expected) {
  if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
}

async function findCategory(tx: TenantDb, id: ObjectId): Promise<Category | null> {
  const [category] = await findCategoriesById(tx, [id]);
  return category ?? null;
}

const categoryOf = (tx: TenantDb, { category }: Product) =>
  category ? findCategory(tx, category._id) : null;

async function categoryNamed(tx: TenantDb, id: string): Promise<Category> {
  const key = findId(id);
  const category = key && (await findCategory(tx, key));
  if (!category) throw notFound('category', 'input', 'categoryId');
  return category;
}

const MOST_NAMESAKES = 1_000;

/** The name as a slug, with a number behind it where others have it already. */
async function freeSlug(tx: TenantDb, name: string): Promise<string> {
  const slug = slugify(name);
  if (slug === '') throw invalid('The name has no letters to make a slug of: give one', 'input', 'slug');
  const namesakes = await tx
    .collection(products)
    .find<{ slug: string }>(
      { slug: { $gte: slug, $lt: `${slug}-:` }, isDeleted: false },
      { limit: MOST_NAMESAKES, projection: { slug: 1 } },
    );
  const taken = new Set(namesakes.map((product) => product.slug));
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number++) if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
}
