import { type Document, ObjectId } from 'mongodb';
import { isTenantCollection } from './collection.ts';
import { fieldsOf } from './fields.ts';
import { tenantOfFilter, tenantsOfPipeline } from './pipeline-tenants.ts';
import { refuseTenantChange } from './tenant-change.ts';

/**
 * The tenant of each part of a command that concerns a tenant collection, and none for other commands; throws at a
 * part without a tenant. What it does not know on a tenant collection it refuses.
 */
export function tenantsOfCommand(name: string, command: Document): ObjectId[] {
  const whole = WIDE_COMMANDS.get(name);
  if (whole) return whole(command);
  const target = command[name];
  const rule = COMMANDS.get(name);
  if (rule && typeof target !== 'string') throw new Error(`${name} must give its collection by name`);
  if (typeof target !== 'string' || !isTenantCollection(target) || HARMLESS.has(name)) return [];
  if (!rule) throw new Error(`${name} on ${target} concerns every tenant: ${GIVE_A_REASON}`);
  return rule(command);
}

const GIVE_A_REASON = 'a job that must do so says why, with systemDb(reason).because';

/** On a tenant collection, these touch no document. */
const HARMLESS = new Set(['collMod', 'createIndexes', 'killCursors', 'listIndexes']);

/** Commands that may reach several collections, or one by another way than their first value. */
const WIDE_COMMANDS = new Map<string, (command: Document) => ObjectId[]>([
  ['aggregate', ({ aggregate, pipeline }) => tenantsOfPipeline(aggregate, pipeline)],
  ['bulkWrite', ({ ops, nsInfo }) => ops.flatMap((op: Document) => tenantsOfBulkOperation(op, nsInfo))],
  ['create', ({ viewOn, pipeline }) => (viewOn ? tenantsOfPipeline(viewOn, pipeline) : [])],
  ['explain', ({ explain }) => tenantsOfCommand(Object.keys(explain)[0] ?? '', explain)],
  ['renameCollection', ({ renameCollection, to }) => [renameCollection, to].flatMap(refuseRename)],
]);

const COMMANDS = new Map<string, (command: Document) => ObjectId[]>([
  ['find', ({ filter }) => [tenantOfFilter(filter)]],
  ['count', ({ query }) => [tenantOfFilter(query)]],
  ['distinct', ({ query }) => [tenantOfFilter(query)]],
  ['insert', ({ documents }) => documents.map(tenantOfDocument)],
  ['update', ({ updates }) => updates.flatMap(({ q, u }: Document) => tenantsOfUpdate(q, u))],
  ['delete', ({ deletes }) => deletes.map(({ q }: Document) => tenantOfFilter(q))],
  [
    'findAndModify',
    ({ query, update }) => (update ? tenantsOfUpdate(query, update) : [tenantOfFilter(query)]),
  ],
]);

/** An operation of the bulkWrite command of MongoDB 8 names its collection by its place in `nsInfo`. */
function tenantsOfBulkOperation(operation: Document, namespaces: Document[]): ObjectId[] {
  const { insert, update, delete: remove, document, filter, updateMods } = operation;
  if (!isTenantCollection(collectionOf(namespaces[insert ?? update ?? remove]?.ns))) return [];
  if (insert !== undefined) return [tenantOfDocument(document)];
  return update === undefined ? [tenantOfFilter(filter)] : tenantsOfUpdate(filter, updateMods);
}

/** The tenant of an update's filter, and of the document where it replaces one. */
function tenantsOfUpdate(filter: Document, update: Document | Document[]): ObjectId[] {
  refuseTenantChange(update);
  const found = tenantOfFilter(filter);
  const changes = Array.isArray(update) || fieldsOf(update)?.some(([path]) => path.startsWith('$'));
  return changes ? [found] : [found, tenantOfDocument(update)];
}

function tenantOfDocument({ tenantId }: Document): ObjectId {
  if (tenantId instanceof ObjectId) return tenantId;
  throw new Error('A document of a tenant collection needs tenantId');
}

function refuseRename(namespace: string): [] {
  if (!isTenantCollection(collectionOf(namespace))) return [];
  throw new Error(`renameCollection of or to ${namespace} concerns every tenant: ${GIVE_A_REASON}`);
}

const collectionOf = (namespace = '') => namespace.slice(namespace.indexOf('.') + 1);
