import type { Answer, Shop } from '../support/shop.ts';

export const AUDIT = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes {
      id at actor action recordType recordId requestId ip userAgent changesOmitted
      changes { path before after isCut }
    }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export type LogEntry = {
  id: string;
  at: string;
  actor: string | null;
  action: string;
  recordType: string;
  recordId: string;
  changes: { path: string; before: string | null; after: string | null; isCut: boolean }[];
  changesOmitted: number;
};

export const askLog = async (shop: Shop, variables: object = {}): Promise<Answer> =>
  shop.request(AUDIT, { ...variables }, await shop.staff('audit:read'));

/** The newest entries that a filter keeps; keys that tests make are not among them unless asked for. */
export async function readLog(shop: Shop, filter: object = {}, first = 100): Promise<LogEntry[]> {
  const { data, errors } = await askLog(shop, { filter, first });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.auditLog.nodes;
}

/** "path: before → after", as people read it. */
export const changesOf = ({ changes }: LogEntry) =>
  changes.map(({ path, before, after }) => `${path}: ${before ?? '–'} → ${after ?? '–'}`);
