import type {
  CollationOptions,
  CreateCollectionOptions,
  Document,
  IndexDescription,
  ObjectId,
} from 'mongodb';
import { id } from './schema.ts';

/** Written as the domain sees it: `tenantId` is put in front of the key of every tenant collection. */
export type IndexDeclaration = {
  key: Record<string, 1 | -1 | 'text'>;
  unique?: true;
  partialFilterExpression?: Document;
  weights?: Record<string, number>;
  /** For an index on one date alone: MongoDB expires by no other, so the tenant is not put in front. */
  expireAfterSeconds?: number;
  collation?: CollationOptions;
  /** For a job that asks what is due in all tenants at once: the tenant is not put in front. */
  acrossTenants?: true;
};

export type TenantDocument = { _id: unknown; tenantId: ObjectId };

export type DeclaredCollection = {
  name: string;
  scope: 'tenant' | 'system';
  validator: Document;
  /** An expression that holds for each document beside its schema. */
  rule?: Document;
  indexes: IndexDeclaration[];
  options: Pick<CreateCollectionOptions, 'changeStreamPreAndPostImages'>;
};

/** `document` only carries the type of what is stored. */
export type CollectionDefinition<T> = DeclaredCollection & { document?: T };

const tenantCollections = new Set<string>();
const tenantSeries: RegExp[] = [];

/** A collection whose every document belongs to one tenant. */
export function defineCollection<T extends TenantDocument>(
  name: string,
  validator: Document,
  indexes: IndexDeclaration[],
  { rule, ...options }: DeclaredCollection['options'] & Pick<DeclaredCollection, 'rule'> = {},
): CollectionDefinition<T> {
  tenantCollections.add(name);
  const withTenant = {
    ...validator,
    required: ['tenantId', ...(validator.required ?? [])],
    properties: { tenantId: id, ...validator.properties },
  };
  return { name, scope: 'tenant', validator: withTenant, indexes, options, ...(rule && { rule }) };
}

/** A collection of the platform itself, out of reach of a tenant's database. */
export function defineSystemCollection<T extends Document>(
  name: string,
  validator: Document,
  indexes: IndexDeclaration[],
): CollectionDefinition<T> {
  return { name, scope: 'system', validator, indexes, options: {} };
}

/** A series of tenant collections, such as one a month: known by name, also where nobody has defined that one yet. */
export const defineSeries = (names: RegExp): void => void tenantSeries.push(names);

export const isTenantCollection = (name: string): boolean =>
  tenantCollections.has(name) || tenantSeries.some((names) => names.test(name));

/** What MongoDB checks each document by. */
export const validatorOf = ({ validator, rule }: DeclaredCollection): Document => ({
  $jsonSchema: validator,
  ...(rule && { $expr: rule }),
});

/** The declared indexes as MongoDB creates them. */
export const indexesOf = ({ scope, indexes }: DeclaredCollection): IndexDescription[] =>
  indexes.map(({ key, acrossTenants = false, ...options }) => {
    const ofTenant = scope === 'tenant' && !acrossTenants && options.expireAfterSeconds === undefined;
    const whole = ofTenant ? { tenantId: 1 as const, ...key } : key;
    const textDefaults = options.weights ? { default_language: 'english' } : {};
    return { key: whole, name: indexName(whole), ...textDefaults, ...options };
  });

export const indexName = (key: Record<string, 1 | -1 | 'text'>) =>
  Object.entries(key)
    .map(([path, order]) => `${path}_${order}`)
    .join('_');
