import slugify from '@sindresorhus/slugify';
import { ObjectId } from 'mongodb';
import { duplicate, illegalState, invalid, notFound, versionConflict } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CategoryCreateInput, CategoryDeleteInput, CategoryUpdateInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { findCategoriesById, MAX_CATEGORIES, MAX_DEPTH } from './categories.ts';
import { categories, products } from './collections.ts';
import type { Category } from './documents.ts';
import { categoryChanged } from './events.ts';
import { findId } from './products.ts';
import { readSlug } from './slug.ts';
import { unlessTaken } from './taken-keys.ts';

const MAX_NAME = 200;

type NewCategory = Omit<Category, 'tenantId'>;

export async function createCategory(tx: TenantDb, input: CategoryCreateInput) {
  const parent = input.parentId == null ? null : await categoryNamed(tx, input.parentId, 'parentId');
  const at = tx.now();
  const category: NewCategory = {
    _id: new ObjectId(),
    name: readName(input.name),
    slug: readSlug(input.slug ?? slugify(input.name)),
    description: input.description ?? null,
    position: readPosition(input.position ?? (await nextPosition(tx, parent?._id ?? null))),
    ...placeBelow(parent, readName(input.name)),
    version: 1,
    createdAt: at,
    updatedAt: at,
    copiesDueSince: null,
    isDeleted: false,
    deletedAt: null,
  };
  await refuseTakenSlug(tx, category);
  const created = await unlessTaken(tx.collection(categories).insertOne(category), "category's");
  await recordChange(tx, { type: 'category', id: created._id, before: null, after: created });
  await appendEvent(tx, categoryChanged, { categoryId: created._id, operation: 'CREATED' });
  return { category: created };
}

/** Changes the category and all below it; their products' copies are due from then on (see category-copies.ts). */
export async function updateCategory(tx: TenantDb, { id, ...input }: CategoryUpdateInput) {
  const before = await categoryNamed(tx, id, 'id');
  checkVersion(before, input.expectedVersion);
  const parent = await newParent(tx, before, input.parentId);
  const name = readName(input.name ?? before.name);
  const after: NewCategory = {
    ...withoutTenant(before),
    name,
    slug: readSlug(input.slug ?? before.slug),
    description: input.description === undefined ? before.description : input.description,
    position: readPosition(input.position ?? before.position),
    ...placeBelow(parent, name),
  };
  await refuseTakenSlug(tx, after);
  const below = await tx
    .collection(categories)
    .find({ ancestorIds: before._id, isDeleted: false }, { limit: MAX_CATEGORIES });
  checkDepth(after, below, before);
  const category = await saveCategory(tx, before, after);
  for (const descendant of below) await saveCategory(tx, descendant, moved(descendant, before, category));
  return { category };
}

export async function deleteCategory(
  tx: TenantDb,
  { id, moveProductsTo, expectedVersion }: CategoryDeleteInput,
) {
  const before = await categoryNamed(tx, id, 'id');
  checkVersion(before, expectedVersion);
  const child = await tx.collection(categories).findOne({ parentId: before._id, isDeleted: false });
  if (child)
    throw illegalState(
      `${child.name} is below this category: move or delete it first`,
      'HAS_CHILDREN',
      'input',
      'id',
    );
  const target = moveProductsTo == null ? null : await categoryNamed(tx, moveProductsTo, 'moveProductsTo');
  if (target?._id.equals(before._id))
    throw invalid('Its products cannot move to the category that goes', 'input', 'moveProductsTo');
  const holds = await tx
    .collection(products)
    .findOne({ 'category._id': before._id }, { projection: { name: 1 } });
  if (holds && !target) {
    const message = 'It has products: say in moveProductsTo which category takes them';
    throw illegalState(message, 'HAS_PRODUCTS', 'input', 'moveProductsTo');
  }
  const at = tx.now();
  const after = { ...withoutTenant(before), isDeleted: true, deletedAt: at, movedTo: target?._id ?? null };
  return { category: await saveCategory(tx, before, after, 'DELETED') };
}

async function saveCategory(
  tx: TenantDb,
  before: Category,
  after: NewCategory,
  operation: 'UPDATED' | 'DELETED' = 'UPDATED',
) {
  const at = tx.now();
  const stale = copyChanges(before, after);
  const next = { ...after, version: before.version + 1, updatedAt: at, ...(stale && { copiesDueSince: at }) };
  const unchanged = { _id: before._id, version: before.version };
  const saved = await unlessTaken(tx.collection(categories).findOneAndReplace(unchanged, next), "category's");
  if (!saved) throw versionConflict(before.version + 1);
  await recordChange(tx, { type: 'category', id: saved._id, before, after: saved });
  await appendEvent(tx, categoryChanged, { categoryId: saved._id, operation });
  return saved;
}

const copyChanges = (before: NewCategory, after: NewCategory) =>
  before.slug !== after.slug ||
  before.isDeleted !== after.isDeleted ||
  before.path.join('\n') !== after.path.join('\n') ||
  before.ancestorIds.join() !== after.ancestorIds.join();

const withoutTenant = ({ tenantId: _, ...category }: Category): NewCategory => category;

function placeBelow(parent: Category | null, name: string) {
  if (parent && parent.depth >= MAX_DEPTH) {
    throw invalid(
      `A tree has at most ${MAX_DEPTH} levels, and ${parent.name} is on the last`,
      'input',
      'parentId',
    );
  }
  return {
    parentId: parent?._id ?? null,
    ancestorIds: parent ? [...parent.ancestorIds, parent._id] : [],
    path: [...(parent?.path ?? []), name],
    depth: (parent?.depth ?? 0) + 1,
  };
}

/** Where a descendant stands after its ancestor `from` has become `to`. */
function moved(descendant: Category, from: Category, to: Category): NewCategory {
  const ancestorIds = [...to.ancestorIds, ...descendant.ancestorIds.slice(from.depth - 1)];
  const path = [...to.path, ...descendant.path.slice(from.depth)];
  return { ...withoutTenant(descendant), ancestorIds, path, depth: path.length };
}

function checkDepth(after: NewCategory, below: Category[], before: Category) {
  const deepest = Math.max(before.depth, ...below.map(({ depth }) => depth)) - before.depth + after.depth;
  if (deepest > MAX_DEPTH) {
    throw invalid(`There would be ${deepest} levels; a tree has at most ${MAX_DEPTH}`, 'input', 'parentId');
  }
}

async function newParent(
  tx: TenantDb,
  category: Category,
  parentId: string | null | undefined,
): Promise<Category | null> {
  const id = parentId === undefined ? category.parentId?.toHexString() : parentId;
  if (id == null) return null;
  const parent = await categoryNamed(tx, id, 'parentId');
  if (
    parent._id.equals(category._id) ||
    parent.ancestorIds.some((ancestor) => ancestor.equals(category._id))
  ) {
    throw invalid('A category cannot stand below itself', 'input', 'parentId');
  }
  return parent;
}

async function categoryNamed(tx: TenantDb, id: string, name: string): Promise<Category> {
  const key = findId(id);
  const [category] = key ? await findCategoriesById(tx, [key]) : [];
  if (!category) throw notFound('category', 'input', name);
  return category;
}

function checkVersion({ version }: Category, expected: number | null | undefined) {
  if (expected != null && expected !== version) throw versionConflict(version);
}

function readName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_NAME)
    throw invalid(`A name has 1 to ${MAX_NAME} characters`, 'input', 'name');
  return trimmed;
}

function readPosition(position: number): number {
  if (position >= 0) return position;
  throw invalid('A position counts from 0', 'input', 'position');
}

async function nextPosition(tx: TenantDb, parentId: ObjectId | null): Promise<number> {
  const last = await tx
    .collection(categories)
    .findOne({ parentId, isDeleted: false }, { sort: { position: -1, _id: -1 } });
  return last ? last.position + 1 : 0;
}

async function refuseTakenSlug(tx: TenantDb, { _id, slug }: NewCategory) {
  const owner = await tx.collection(categories).findOne({ slug, isDeleted: false, _id: { $ne: _id } });
  if (owner)
    throw duplicate(`The slug ${slug} is another category's`, owner._id.toHexString(), 'input', 'slug');
}
