import slugify from '@sindresorhus/slugify';
import { MongoServerError, ObjectId } from 'mongodb';
import { badInput } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { categoryTree, MAX_CATEGORIES, MAX_DEPTH } from '../categories.ts';
import { categories } from '../collections.ts';
import type { Category } from '../documents.ts';
import type { CategoryRef } from './import-source.ts';

const DUPLICATE_KEY = 11000;
const MOST_TRIES = 5;

/** The shop's tree as one batch of an import knows it; what a path lacks is made. */
export class ImportedCategories {
  readonly #db: TenantDb;
  readonly #byPath = new Map<string, Category>();
  readonly #bySlug = new Map<string, Category>();
  readonly #byId = new Map<string, Category>();
  created = 0;

  private constructor(db: TenantDb) {
    this.#db = db;
  }

  /** Read anew for each batch: somebody may rename or move a category during a long import. */
  static async read(db: TenantDb): Promise<ImportedCategories> {
    const known = new ImportedCategories(db);
    await known.#readTree();
    return known;
  }

  byId(id: ObjectId): Category | null {
    return this.#byId.get(id.toHexString()) ?? null;
  }

  /** Null where the file names none; undefined where it names one, by its slug, that the shop does not have. */
  async find(ref: CategoryRef): Promise<Category | null | undefined> {
    if (ref === null) return null;
    if ('slug' in ref) return this.#bySlug.get(ref.slug);
    let parent: Category | null = null;
    for (let depth = 1; depth <= ref.path.length; depth++) {
      parent = await this.#ensure(ref.path.slice(0, depth), parent);
    }
    return parent;
  }

  async #readTree() {
    for (const category of await categoryTree(this.#db, null, MAX_DEPTH)) this.#remember(category);
  }

  async #ensure(path: string[], parent: Category | null): Promise<Category> {
    for (let tries = 0; ; tries++) {
      const known = this.#byPath.get(pathKey(path));
      if (known) return known;
      try {
        return await this.#create(path, parent);
      } catch (error) {
        // Another import made the same one at the same time, or another category has the slug.
        if (!isDuplicate(error) || tries === MOST_TRIES) throw error;
        await this.#readTree();
      }
    }
  }

  async #create(names: string[], parent: Category | null): Promise<Category> {
    if (this.#byId.size >= MAX_CATEGORIES) throw badInput(`A shop has at most ${MAX_CATEGORIES} categories`);
    const now = this.#db.now();
    const name = names.at(-1) ?? '';
    const path = [...(parent?.path ?? []), name];
    const category = await this.#db.collection(categories).insertOne({
      _id: new ObjectId(),
      name,
      slug: this.#freeSlug(path),
      description: null,
      parentId: parent?._id ?? null,
      ancestorIds: parent ? [...parent.ancestorIds, parent._id] : [],
      path,
      depth: path.length,
      position: this.#childrenOf(parent),
      version: 1,
      createdAt: now,
      updatedAt: now,
      isDeleted: false,
      deletedAt: null,
    });
    this.created++;
    this.#remember(category);
    return category;
  }

  /** Made from the whole path, so that "Men > Tops" and "Women > Tops" differ whichever comes first. */
  #freeSlug(path: string[]): string {
    const slug = slugify(path.join(' ')) || 'category';
    let candidate = slug;
    for (let number = 2; this.#bySlug.has(candidate); number++) candidate = `${slug}-${number}`;
    return candidate;
  }

  #childrenOf(parent: Category | null): number {
    const parentId = parent?._id.toHexString();
    return [...this.#byId.values()].filter((each) => each.parentId?.toHexString() === parentId).length;
  }

  #remember(category: Category) {
    this.#byPath.set(pathKey(category.path), category);
    this.#bySlug.set(category.slug, category);
    this.#byId.set(category._id.toHexString(), category);
  }
}

/** "tops" and "Tops" are one category. */
const pathKey = (path: string[]) => JSON.stringify(path.map((name) => name.toLowerCase()));

const isDuplicate = (error: unknown) => error instanceof MongoServerError && error.code === DUPLICATE_KEY;
