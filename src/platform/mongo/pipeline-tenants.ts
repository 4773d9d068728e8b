import { type Document, ObjectId } from 'mongodb';
import { isTenantCollection } from './collection.ts';
import { fieldsOf } from './fields.ts';
import { PLAIN_STAGES } from './stages.ts';
import { refuseTenantChange } from './tenant-change.ts';

/** The one tenant that a filter on a tenant collection names. */
export function tenantOfFilter(filter: Document | undefined): ObjectId {
  const found = tenantConditions(filter);
  if (found.length !== 1) {
    throw new Error(`A filter on a tenant collection needs one tenantId, not ${found.length}`);
  }
  const fields = fieldsOf(found[0]);
  const value = fields?.length === 1 && fields[0]?.[0] === '$eq' ? fields[0][1] : found[0];
  if (!(value instanceof ObjectId)) throw new Error('tenantId must equal one ObjectId');
  if (!filter?.tenantId) throw new Error('tenantId must hold for the whole filter, not for a branch');
  return value;
}

/** Every condition on tenantId, in all branches of the filter's logic. */
const tenantConditions = (filter: unknown): unknown[] =>
  (fieldsOf(filter) ?? []).flatMap(([key, value]) => {
    if (key === 'tenantId') return [value];
    return Array.isArray(value) && key.startsWith('$') ? value.flatMap(tenantConditions) : [];
  });

/** The tenants that a pipeline names: its own, and that of each collection it joins or writes. */
export function tenantsOfPipeline(source: unknown, pipeline: readonly Document[] = []): ObjectId[] {
  const ofTenant = isTenantSource(source);
  if (source === 1 && pipeline.some((stage) => '$changeStream' in stage)) {
    throw new Error('A change stream of the whole database shows every tenant');
  }
  const own = ofTenant ? [tenantOfFilter(pipeline[0]?.$match)] : [];
  return [...own, ...tenantsOfStages(ofTenant ? pipeline.slice(1) : pipeline, ofTenant)];
}

/** `1` is a pipeline on no collection, and so is that of a $lookup without "from". */
function isTenantSource(source: unknown): boolean {
  if (typeof source === 'string') return isTenantCollection(source);
  if (source === 1 || source === undefined) return false;
  throw new Error('A pipeline must give its collections by name');
}

const tenantsOfStages = (stages: readonly Document[], ofTenant: boolean): ObjectId[] =>
  stages.flatMap((stage, place) =>
    (fieldsOf(stage) ?? []).flatMap(([name, argument]) =>
      tenantsOfStage(name, argument as Document, ofTenant, stages[place - 1]),
    ),
  );

function tenantsOfStage(
  name: string,
  argument: Document,
  ofTenant: boolean,
  before: Document | undefined,
): ObjectId[] {
  switch (name) {
    case '$lookup':
      return tenantsOfJoin(argument.from, ofTenant, argument.pipeline);
    case '$unionWith':
      return typeof argument === 'string'
        ? tenantsOfJoin(argument, ofTenant)
        : tenantsOfJoin(argument.coll, ofTenant, argument.pipeline);
    case '$graphLookup':
      return tenantsOfJoin(argument.from, ofTenant, [{ $match: argument.restrictSearchWithMatch }]);
    case '$facet':
      return (fieldsOf(argument) ?? []).flatMap(([, stages]) =>
        tenantsOfStages(stages as Document[], ofTenant),
      );
    case '$merge':
      return tenantsOfMerge(argument, ofTenant, before);
    case '$out':
      return refuseOut(argument, ofTenant);
    default:
      if (ofTenant && !PLAIN_STAGES.has(name)) throw new Error(`${name} may reach beyond a tenant`);
      return [];
  }
}

function tenantsOfJoin(from: unknown, ofTenant: boolean, pipeline?: Document[]): ObjectId[] {
  if (ofTenant && !isTenantSource(from)) throw new Error(`A tenant's pipeline may not read ${from}`);
  return tenantsOfPipeline(from, pipeline);
}

/** What is merged must carry the tenant, set just before, and find its match by it. */
function tenantsOfMerge(argument: Document | string, ofTenant: boolean, before?: Document): ObjectId[] {
  const { into, on, whenMatched } =
    typeof argument === 'string' ? { into: argument } : (argument as Document);
  if (!isTenantSource(into)) {
    if (ofTenant) throw new Error(`A tenant's pipeline may not write ${into}`);
    return [];
  }
  const tenant = before?.$set?.tenantId;
  if (![on].flat().includes('tenantId') || !(tenant instanceof ObjectId)) {
    throw new Error('$merge must set tenantId just before, and match on it');
  }
  if (Array.isArray(whenMatched)) refuseTenantChange(whenMatched);
  return [tenant];
}

function refuseOut(into: unknown, ofTenant: boolean): [] {
  const name = typeof into === 'string' ? into : Object.fromEntries(fieldsOf(into) ?? []).coll;
  if (!ofTenant && typeof name === 'string' && !isTenantCollection(name)) return [];
  throw new Error('$out replaces a whole collection, other tenants included');
}
