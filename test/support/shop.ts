import { ObjectId } from 'mongodb';
import { createApiKey } from '../../src/domains/auth/api-keys.ts';
import type { User } from '../../src/domains/auth/collections.ts';
import { PERMISSIONS, type Permission, type Role } from '../../src/domains/auth/permissions.ts';
import { openSession } from '../../src/domains/auth/sessions.ts';
import { addUser } from '../../src/domains/auth/users.ts';
import { categories, products } from '../../src/domains/catalogue/collections.ts';
import type { Category, Product } from '../../src/domains/catalogue/documents.ts';
import { newProduct } from '../../src/domains/catalogue/product-document.ts';
import type { ProductDraft, VariantDraft } from '../../src/domains/catalogue/product-draft.ts';
import type { Plan, Tenant } from '../../src/domains/tenants/collections.ts';
import { createTenant } from '../../src/domains/tenants/tenants.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { type TestApp, testApp } from './app.ts';

export type GraphqlError = {
  message: string;
  path?: (string | number)[];
  extensions: Record<string, unknown>;
};
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
type Json = any;

export type Answer = {
  status: number;
  data: Json;
  errors: GraphqlError[] | undefined;
  extensions?: Record<string, Json>;
};

export type Shop = {
  tenant: Tenant;
  /** The shop's database, for what a test needs to be there before it asks. */
  db: TenantDb;
  url: string;
  /** Asks as a shopper, or with what the headers say. */
  request: (
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Headers of a caller with these permissions; all of them when none is named. */
  staff: (...scopes: Permission[]) => Promise<Record<string, string>>;
  /** Somebody with an account, signed in, with these roles; a customer when none is named. No password. */
  person: (...roles: Role[]) => Promise<{ user: User; headers: Record<string, string> }>;
  category: (name: string, parent?: Category) => Promise<Category>;
  product: (draft?: Partial<ProductDraft>, options?: { category?: Category; at?: Date }) => Promise<Product>;
};

export type ShopOptions = { currency?: string; plan?: Plan; app?: Pick<TestApp, 'database' | 'url'> };

/** A new, empty shop on the API of this test file, or on another. */
export async function openShop({ currency = 'USD', plan = 'PRO', app }: ShopOptions = {}): Promise<Shop> {
  const { database, url } = app ?? (await testApp());
  const subdomain = `shop-${new ObjectId()}`;
  const tenant = await createTenant(database.systemDb('open a shop for a test'), {
    name: subdomain,
    subdomain,
    plan,
    currency,
    locale: 'en-US',
  });
  const db = database.tenantDb(tenant._id);
  return {
    tenant,
    db,
    url,
    request: (query, variables = {}, headers = {}) =>
      ask(url, { query, variables }, { 'x-tenant': subdomain, ...headers }),
    staff: async (...scopes) => {
      const { secret } = await createApiKey(db, {
        name: 'test',
        scopes: scopes.length > 0 ? scopes : [...PERMISSIONS],
      });
      return { 'x-api-key': secret };
    },
    person: async (...roles) => {
      const email = `person-${new ObjectId()}@example.com`;
      const some: Role[] = roles.length > 0 ? roles : ['CUSTOMER'];
      const user = await db.transaction((tx) => addUser(tx, { email, roles: some, passwordHash: null }));
      const { token } = await openSession(db, user);
      return { user, headers: { authorization: `Bearer ${token}` } };
    },
    category: (name, parent) => addCategory(db, name, parent),
    product: async (draft, { category, at = new Date() } = {}) =>
      db
        .collection(products)
        .insertOne(newProduct(productDraft(currency, draft), category ?? null, { at, by: null })),
  };
}

export async function ask(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

function addCategory(db: TenantDb, name: string, parent?: Category): Promise<Category> {
  const now = new Date();
  return db.collection(categories).insertOne({
    _id: new ObjectId(),
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    description: null,
    parentId: parent?._id ?? null,
    ancestorIds: parent ? [...parent.ancestorIds, parent._id] : [],
    path: [...(parent?.path ?? []), name],
    depth: (parent?.depth ?? 0) + 1,
    position: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
    copiesDueSince: null,
    isDeleted: false,
    deletedAt: null,
  });
}

let made = 0;

/** A plain product with one variant; what a test is about is given. */
function productDraft(currency: string, draft: Partial<ProductDraft> = {}): ProductDraft {
  made += 1;
  const sku = draft.sku ?? `SKU-${made}`;
  return {
    sku,
    name: `Product ${made}`,
    slug: `product-${made}`,
    description: null,
    status: 'ACTIVE',
    tags: [],
    searchKeywords: [],
    media: [],
    seo: { title: null, description: null },
    variants: [variantDraft({ sku: `${sku}-1` })],
    ...draft,
    pricing: {
      currency,
      basePrice: 1000,
      salePrice: null,
      cost: null,
      taxRate: 0,
      discounts: [],
      ...draft.pricing,
    },
  };
}

export const variantDraft = (draft: Partial<VariantDraft> & { sku: string }): VariantDraft => ({
  attributes: {},
  quantity: 10,
  pricing: { basePrice: null, salePrice: null },
  media: [],
  ...draft,
});
