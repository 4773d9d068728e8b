import type { Document, ObjectId } from 'mongodb';
import { isTenantCollection } from './collection.ts';
import { refuseServerSideCode } from './scope.ts';

/** The pipeline with the tenant in its first stage and in every stage that reads or writes another collection. */
export function tenantPipeline(pipeline: readonly Document[], tenantId: ObjectId): Document[] {
  refuseServerSideCode(pipeline);
  const [first, ...rest] = pipeline;
  // $text is only allowed in the first $match, so the tenant goes into that one.
  const scoped = first?.$match
    ? [{ $match: tenantFilter(first.$match, tenantId) }, ...rest]
    : [{ $match: { tenantId } }, ...pipeline];
  return scoped.flatMap((stage) => tenantStage(stage, tenantId));
}

/** The filter with the tenant, which always has the last word. */
export function tenantFilter(filter: Document, tenantId: ObjectId): Document {
  refuseTenantConditions(filter);
  return { ...filter, tenantId };
}

/** The tenant is never an argument: a filter that names it, at any depth of its logic, is a mistake. */
function refuseTenantConditions(filter: Document): void {
  if ('tenantId' in filter) throw new Error('tenantId is set by the tenant database, never in a filter');
  for (const operator of ['$and', '$or', '$nor']) {
    for (const branch of filter[operator] ?? []) refuseTenantConditions(branch);
  }
}

const ownPipeline = (pipeline: readonly Document[] | undefined, tenantId: ObjectId) =>
  tenantPipeline(pipeline ?? [], tenantId);

const STAGES: Record<string, (stage: Document, tenantId: ObjectId) => Document[]> = {
  $lookup: ({ $lookup }, tenantId) => [
    {
      $lookup: {
        ...$lookup,
        from: knownCollection($lookup.from),
        pipeline: ownPipeline($lookup.pipeline, tenantId),
      },
    },
  ],
  $unionWith: ({ $unionWith }, tenantId) => {
    const { coll, pipeline } = typeof $unionWith === 'string' ? { coll: $unionWith } : $unionWith;
    return [{ $unionWith: { coll: knownCollection(coll), pipeline: ownPipeline(pipeline, tenantId) } }];
  },
  $graphLookup: ({ $graphLookup }, tenantId) => [
    {
      $graphLookup: {
        ...$graphLookup,
        from: knownCollection($graphLookup.from),
        restrictSearchWithMatch: tenantFilter($graphLookup.restrictSearchWithMatch ?? {}, tenantId),
      },
    },
  ],
  $facet: ({ $facet }, tenantId) => [
    {
      $facet: Object.fromEntries(
        Object.entries($facet as Record<string, Document[]>).map(([name, stages]) => [
          name,
          stages.flatMap((stage) => tenantStage(stage, tenantId)),
        ]),
      ),
    },
  ],
  $merge: ({ $merge }, tenantId) => {
    if (typeof $merge?.into !== 'string') throw new Error('$merge needs "into" with a name: { into: "…" }');
    if (![$merge.on].flat().includes('tenantId'))
      throw new Error('$merge on a tenant needs tenantId in "on"');
    return [{ $set: { tenantId } }, { $merge: { ...$merge, into: knownCollection($merge.into) } }];
  },
  $out: () => {
    throw new Error('$out replaces a whole collection, other tenants included: use $merge');
  },
};

function tenantStage(stage: Document, tenantId: ObjectId): Document[] {
  for (const name in stage) {
    const scoped = STAGES[name];
    if (scoped) return scoped(stage, tenantId);
  }
  return [stage];
}

function knownCollection(name: unknown): string {
  if (typeof name === 'string' && isTenantCollection(name)) return name;
  throw new Error(
    `A tenant's pipeline reads and writes declared tenant collections only, not ${JSON.stringify(name)}`,
  );
}
