import type { Document } from 'mongodb';
import { fieldsOf } from './fields.ts';

/** The stages of an update that keep every field they do not name; $project, $replaceRoot and $replaceWith do not. */
const KEEPING_STAGES = new Set(['$set', '$addFields', '$unset']);

/** Refuses an update, by operators or as a pipeline, that could touch tenantId. */
export function refuseTenantChange(update: Document | readonly Document[]): void {
  for (const stage of Array.isArray(update) ? update : [update]) {
    for (const [operator, argument] of fieldsOf(stage) ?? []) {
      if (Array.isArray(update) && !KEEPING_STAGES.has(operator)) {
        throw new Error(`${operator} could drop or change tenantId: an update's stages are $set and $unset`);
      }
      if (pathsTouched(operator, argument).some(isTenantPath)) {
        throw new Error(`${operator} may not touch tenantId`);
      }
    }
  }
}

function pathsTouched(operator: string, argument: unknown): unknown[] {
  const fields = fieldsOf(argument);
  if (!fields) return [argument].flat();
  return operator === '$rename' ? fields.flat() : fields.map(([path]) => path);
}

/** A path into tenantId counts: in a pipeline it puts a document in place of the id. */
const isTenantPath = (path: unknown) =>
  typeof path === 'string' && (path === 'tenantId' || path.startsWith('tenantId.'));
