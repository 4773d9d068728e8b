import type { Db, Document } from 'mongodb';

type Held = { db: Db; collection: string; index: Document };
export type HeldOfCollection = { db: Db; collection: string; indexes: Document[] };

/** Indexes that are declared, and made later. */
export class HeldIndexes {
  #held: Held[] = [];

  add(db: Db, collection: string, index: Document): void {
    this.remove(db, collection, index.name);
    this.#held.push({ db, collection, index });
  }

  /** Whether it was there. */
  remove(db: Db, collection: string, name: string): boolean {
    return this.#removeWhere((held) => isOf(held, db, collection) && held.index.name === name);
  }

  removeAll(db: Db, collection: string): void {
    this.#removeWhere((held) => isOf(held, db, collection));
  }

  /** As a collMod does to one that is made; false where it is not held. */
  change(db: Db, collection: string, { name, ...to }: Document): boolean {
    const found = this.#held.find((held) => isOf(held, db, collection) && held.index.name === name);
    if (found) found.index = { ...found.index, ...to };
    return found !== undefined;
  }

  rename(db: Db, before: string, after: string): void {
    for (const held of this.#held) if (isOf(held, db, before)) held.collection = after;
  }

  /** Those that are due, by collection; they are held no longer. */
  take(isDue: (index: Document) => boolean = () => true): HeldOfCollection[] {
    const taken = new Map<string, HeldOfCollection>();
    for (const { db, collection, index } of this.#held.filter((held) => isDue(held.index))) {
      const key = `${db.databaseName}.${collection}`;
      const of = taken.get(key) ?? { db, collection, indexes: [] };
      of.indexes.push(index);
      taken.set(key, of);
    }
    this.#held = this.#held.filter(({ index }) => !isDue(index));
    return [...taken.values()];
  }

  #removeWhere(isGone: (held: Held) => boolean): boolean {
    const before = this.#held.length;
    this.#held = this.#held.filter((held) => !isGone(held));
    return this.#held.length < before;
  }
}

const isOf = (held: Held, db: Db, collection: string) =>
  held.db.databaseName === db.databaseName && held.collection === collection;
