import type { Document } from 'mongodb';
import type { Query } from '../mongo/command-log.ts';

export type QueryShape = { filter?: unknown; sort?: unknown; stages?: string[] };

const DEEPEST = 5;
const MOST_FIELDS = 20;
const MOST_STAGES = 20;

/** What a query goes by, without what was looked for: each value is `?`, and the tenant is left out. */
export function shapeOf({ filter, sort, pipeline }: Query): QueryShape {
  const matched = filter ?? (pipeline?.[0]?.$match as Document | undefined);
  const ordered = sort ?? pipeline?.find(({ $sort }) => $sort)?.$sort;
  return {
    ...(matched && { filter: withoutValues(matched, 0) }),
    ...(ordered !== undefined && { sort: ordered }),
    ...(pipeline && { stages: pipeline.slice(0, MOST_STAGES).map((stage) => Object.keys(stage)[0] ?? '?') }),
  };
}

function withoutValues(value: unknown, depth: number): unknown {
  if (!isPlain(value)) return Array.isArray(value) ? ofList(value, depth) : '?';
  if (depth >= DEEPEST) return '…';
  const fields = Object.entries(value).filter(([name]) => name !== 'tenantId');
  return Object.fromEntries(
    fields.slice(0, MOST_FIELDS).map(([name, below]) => [name, withoutValues(below, depth + 1)]),
  );
}

/** Conditions each have their shape; of values it is told only that there are some. */
function ofList(list: unknown[], depth: number): unknown {
  const conditions = list.filter(isPlain);
  if (conditions.length === 0) return ['?'];
  return conditions.slice(0, MOST_FIELDS).map((condition) => withoutValues(condition, depth + 1));
}

const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
