import type { Document, ObjectId } from 'mongodb';
import { isTenantCollection } from './collection.ts';
import { refuseServerSideCode } from './fields.ts';
import { PLAIN_STAGES } from './stages.ts';
import { refuseTenantChange } from './tenant-change.ts';

/** The pipeline with the tenant in its first stage and in every stage that reads or writes another collection. */
export function tenantPipeline(pipeline: readonly Document[], tenantId: ObjectId): Document[] {
  refuseServerSideCode(pipeline);
  return scoped(pipeline, tenantId);
}

/** The filter with the tenant, which always has the last word. */
export function tenantFilter(filter: Document, tenantId: ObjectId): Document {
  refuseTenantConditions(filter);
  return { ...filter, tenantId };
}

/** The tenant is never an argument: a filter that names it, at any depth of its logic, is a mistake. */
function refuseTenantConditions(filter: Document): void {
  // Its conditions would be lost where the tenant is added, and more be found than was asked for.
  if (filter instanceof Map) throw new Error('A filter is written as an object, not as a Map');
  if ('tenantId' in filter) throw new Error('tenantId is set by the tenant database, never in a filter');
  for (const operator of ['$and', '$or', '$nor']) {
    for (const branch of filter[operator] ?? []) refuseTenantConditions(branch);
  }
}

function scoped(pipeline: readonly Document[], tenantId: ObjectId): Document[] {
  const [first, ...rest] = pipeline;
  // $text is only allowed in the first $match, so the tenant goes into that one.
  const bound = first?.$match
    ? [{ $match: tenantFilter(first.$match, tenantId) }, ...rest]
    : [{ $match: { tenantId } }, ...pipeline];
  return bound.flatMap((stage) => tenantStage(stage, tenantId));
}

function tenantStage(stage: Document, tenantId: ObjectId): Document[] {
  const [name = '', ...others] = Object.keys(stage);
  if (others.length) throw new Error(`A stage has one name, not ${name} and ${others.join(' and ')}`);
  const reaching = REACHING_STAGES.get(name);
  if (reaching) return reaching(stage[name], tenantId);
  if (PLAIN_STAGES.has(name)) return [stage];
  throw new Error(`The stage ${name || '{}'} is not known to stay within a tenant and is refused`);
}

/** Stages that reach beyond the documents that come to them. */
const REACHING_STAGES = new Map<string, (argument: Document, tenantId: ObjectId) => Document[]>([
  ['$lookup', lookup],
  ['$unionWith', unionWith],
  ['$graphLookup', graphLookup],
  ['$facet', facet],
  ['$merge', merge],
  ['$out', out],
]);

function lookup({ from, pipeline = [], ...argument }: Document, tenantId: ObjectId) {
  return [{ $lookup: { ...argument, from: known(from), pipeline: scoped(pipeline, tenantId) } }];
}

function unionWith(argument: Document | string, tenantId: ObjectId) {
  const { coll, pipeline = [] } = typeof argument === 'string' ? { coll: argument } : argument;
  return [{ $unionWith: { coll: known(coll), pipeline: scoped(pipeline, tenantId) } }];
}

function graphLookup({ from, restrictSearchWithMatch = {}, ...argument }: Document, tenantId: ObjectId) {
  const restricted = tenantFilter(restrictSearchWithMatch, tenantId);
  return [{ $graphLookup: { ...argument, from: known(from), restrictSearchWithMatch: restricted } }];
}

function facet(facets: Record<string, Document[]>, tenantId: ObjectId) {
  const bound = Object.entries(facets).map(([name, stages]) => [
    name,
    stages.flatMap((stage) => tenantStage(stage, tenantId)),
  ]);
  return [{ $facet: Object.fromEntries(bound) }];
}

function merge(argument: Document, tenantId: ObjectId) {
  if (typeof argument?.into !== 'string') throw new Error('$merge needs "into" with a name: { into: "…" }');
  if (![argument.on].flat().includes('tenantId')) {
    throw new Error('$merge on a tenant needs tenantId in "on"');
  }
  if (Array.isArray(argument.whenMatched)) refuseTenantChange(argument.whenMatched);
  return [{ $set: { tenantId } }, { $merge: { ...argument, into: known(argument.into) } }];
}

function out(): never {
  throw new Error('$out replaces a whole collection, other tenants included: use $merge');
}

function known(name: unknown): string {
  if (typeof name === 'string' && isTenantCollection(name)) return name;
  throw new Error(
    `A tenant's pipeline reads and writes declared tenant collections only, not ${JSON.stringify(name)}`,
  );
}
