import slugify from '@sindresorhus/slugify';
import type { ObjectId } from 'mongodb';
import { badInput } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { categoryTree, MAX_CATEGORIES, MAX_DEPTH } from '../categories.ts';
import { createCategory } from '../category-writes.ts';
import type { Category } from '../documents.ts';
import type { CategoryRef } from './import-source.ts';

/** The shop's tree as one transaction sees it; what a path lacks is made in it. */
export class ImportedCategories {
  readonly #tx: TenantDb;
  readonly #byPath = new Map<string, Category>();
  readonly #bySlug = new Map<string, Category>();
  readonly #byId = new Map<string, Category>();
  created = 0;

  private constructor(tx: TenantDb, tree: Category[]) {
    this.#tx = tx;
    for (const category of tree) this.#remember(category);
  }

  static async read(tx: TenantDb): Promise<ImportedCategories> {
    return new ImportedCategories(tx, await categoryTree(tx, null, MAX_DEPTH));
  }

  byId(id: ObjectId): Category | null {
    return this.#byId.get(id.toHexString()) ?? null;
  }

  /** Null where the file names none; undefined where it names one, by its slug, that the shop does not have. */
  async find(ref: CategoryRef): Promise<Category | null | undefined> {
    if (ref === null) return null;
    if ('slug' in ref) return this.#bySlug.get(ref.slug);
    let category: Category | null = null;
    for (let depth = 1; depth <= ref.path.length; depth++) {
      const path = ref.path.slice(0, depth);
      category = this.#byPath.get(pathKey(path)) ?? (await this.#create(path, category));
    }
    return category;
  }

  async #create(path: string[], parent: Category | null): Promise<Category> {
    if (this.#byId.size >= MAX_CATEGORIES) throw badInput(`A shop has at most ${MAX_CATEGORIES} categories`);
    const { category } = await createCategory(this.#tx, {
      name: path.at(-1) ?? '',
      slug: this.#freeSlug(path),
      parentId: parent?._id.toHexString() ?? null,
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

  #remember(category: Category) {
    this.#byPath.set(pathKey(category.path), category);
    this.#bySlug.set(category.slug, category);
    this.#byId.set(category._id.toHexString(), category);
  }
}

/** "tops" and "Tops" are one category. */
const pathKey = (path: string[]) => JSON.stringify(path.map((name) => name.toLowerCase()));
