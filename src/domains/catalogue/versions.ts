import { ObjectId } from 'mongodb';
import type { Edge } from '../../platform/graphql/connection.ts';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import { date, id, nullable, object, text, whole } from '../../platform/mongo/schema.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Product } from './documents.ts';

/** What a product said until a change took its place. */
export type ProductVersion = {
  _id: ObjectId;
  tenantId: ObjectId;
  productId: ObjectId;
  version: number;
  document: Product;
  replacedAt: Date;
  replacedBy: string | null;
};

export type ProductVersionPage = Page<ProductVersion>;
export type ProductVersionEdge = Edge<ProductVersion>;

export const productVersions = defineCollection<ProductVersion>(
  'product_versions',
  object({
    productId: id,
    version: whole,
    document: { bsonType: 'object' },
    replacedAt: date,
    replacedBy: nullable(text),
  }),
  [{ key: { productId: 1, version: -1, _id: -1 } }],
);

const latestFirst: Keyset<ProductVersion> = {
  name: 'VERSION',
  path: 'version',
  direction: -1,
  valueOf: ({ version }) => version,
};

export const keepVersion = (tx: TenantDb, document: Product) =>
  tx.collection(productVersions).insertOne({
    _id: new ObjectId(),
    productId: document._id,
    version: document.version,
    document,
    replacedAt: tx.now(),
    replacedBy: tx.origin.actor,
  });

export const listVersions = (db: TenantDb, productId: ObjectId, args: Pick<PageArgs, 'first' | 'after'>) =>
  findPage(db, args, latestFirst, ({ filter, sort, limit }) =>
    db.collection(productVersions).find({ productId, ...filter }, { sort, limit }),
  );

export const findVersion = (db: TenantDb, productId: ObjectId, version: number) =>
  db.collection(productVersions).findOne({ productId, version });
