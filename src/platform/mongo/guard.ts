import { AsyncLocalStorage } from 'node:async_hooks';
import { type CommandStartedEvent, type Document, type MongoClient, ObjectId } from 'mongodb';
import { isTenantCollection } from './collection.ts';
import { isPlainDocument } from './scope.ts';

/** The tenant of the request that is running, where one is. */
const currentTenant = new AsyncLocalStorage<ObjectId>();

export const runAsTenant = <R>(tenantId: ObjectId, work: () => R): R => currentTenant.run(tenantId, work);

/** Commands of jobs that cross tenants say so, and why, in their comment. */
const SYSTEM_COMMENT = 'system: ';
export const systemComment = (reason: string) => SYSTEM_COMMENT + reason;

/** A second look, below the tenant database, at each command on its way out; one without its tenant is never sent. */
export function guardTenants(client: MongoClient) {
  // A throw in this listener stops the command before it is sent and leaks nothing; a test holds the driver to it.
  client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) =>
    checkCommand(commandName, command, currentTenant.getStore()),
  );
}

/** Throws unless a command on a tenant collection names exactly one tenant, the one of the request if there is one. */
export function checkCommand(name: string, command: Document, expected?: ObjectId): void {
  const tenantOf = TENANT_OF_COMMAND[name];
  const collection = command[name];
  if (!tenantOf || typeof collection !== 'string' || !isTenantCollection(collection)) return;
  if (typeof command.comment === 'string' && command.comment.startsWith(SYSTEM_COMMENT)) return;
  const tenant = tenantOf(command);
  if (expected && !expected.equals(tenant)) {
    throw new Error(`${name} on ${collection} asks for tenant ${tenant}, but the request is of ${expected}`);
  }
}

const TENANT_OF_COMMAND: Record<string, (command: Document) => ObjectId> = {
  find: ({ filter }) => tenantOfFilter(filter),
  count: ({ query }) => tenantOfFilter(query),
  distinct: ({ query }) => tenantOfFilter(query),
  findAndModify: ({ query, update }) => {
    refuseTenantWrite(update);
    return tenantOfFilter(query);
  },
  update: ({ updates }) =>
    sameTenant(
      updates.map(({ q, u }: Document) => {
        refuseTenantWrite(u);
        return tenantOfFilter(q);
      }),
    ),
  delete: ({ deletes }) => sameTenant(deletes.map(({ q }: Document) => tenantOfFilter(q))),
  insert: ({ documents }) => sameTenant(documents.map((document: Document) => tenantOfDocument(document))),
  aggregate: ({ pipeline }) => tenantOfPipeline(pipeline),
  mapReduce: () => {
    throw new Error('mapReduce is refused on tenant collections');
  },
};

function sameTenant(tenants: ObjectId[]): ObjectId {
  const [first, ...others] = tenants;
  if (!first) throw new Error('A write on a tenant collection needs at least one statement');
  if (others.some((tenant) => !tenant.equals(first))) throw new Error('One command, two tenants');
  return first;
}

function tenantOfFilter(filter: Document | undefined): ObjectId {
  const found = tenantConditions(filter ?? {});
  if (found.length !== 1)
    throw new Error(`A filter on a tenant collection has ${found.length} tenantIds, not one`);
  const [condition] = found;
  const value = isPlainDocument(condition) && Object.keys(condition).length === 1 ? condition.$eq : condition;
  if (!(value instanceof ObjectId))
    throw new Error('A filter on a tenant collection needs tenantId = one ObjectId');
  if (!('tenantId' in (filter ?? {})))
    throw new Error('tenantId must hold for the whole filter, not for a branch');
  return value;
}

/** Every condition on tenantId, in all branches of the filter's logic. */
const tenantConditions = (filter: Document): unknown[] =>
  Object.entries(filter).flatMap(([key, value]) => {
    if (key === 'tenantId') return [value];
    return Array.isArray(value) && key.startsWith('$') ? value.flatMap(tenantConditions) : [];
  });

function tenantOfDocument({ tenantId }: Document): ObjectId {
  if (tenantId instanceof ObjectId) return tenantId;
  throw new Error('A document of a tenant collection needs tenantId');
}

function refuseTenantWrite(update: Document | Document[] | undefined): void {
  const stages = Array.isArray(update) ? update : [update ?? {}];
  for (const [operator, argument] of stages.flatMap(Object.entries)) {
    if (operator === '$setOnInsert' || !operator.startsWith('$')) continue;
    const touched = isPlainDocument(argument) ? Object.keys(argument) : [argument].flat();
    if (touched.includes('tenantId')) throw new Error(`${operator} would change the tenant of a document`);
  }
}

function tenantOfPipeline([first, ...rest]: Document[]): ObjectId {
  const tenant = tenantOfFilter(first?.$match);
  for (const stage of rest) checkStage(stage, tenant);
  return tenant;
}

/** Each stage that reads another collection must name the same tenant there. */
function checkStage(stage: Document, tenant: ObjectId): void {
  if (stage.$out) throw new Error('$out replaces a whole collection, other tenants included');
  if (stage.$merge) checkMerge(stage.$merge);
  if (stage.$graphLookup) sameTenant([tenant, tenantOfFilter(stage.$graphLookup.restrictSearchWithMatch)]);
  const joined = stage.$lookup ?? stage.$unionWith;
  if (joined) sameTenant([tenant, tenantOfPipeline(joined.pipeline ?? [])]);
  for (const inner of Object.values<Document[]>(stage.$facet ?? {}).flat()) checkStage(inner, tenant);
}

function checkMerge({ into, on }: Document): void {
  const keys = [on].flat();
  if (typeof into !== 'string' || !isTenantCollection(into) || !keys.includes('tenantId')) {
    throw new Error('$merge must go into a tenant collection, matched on tenantId');
  }
}
