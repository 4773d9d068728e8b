import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import type { AuditAction, Resolvers } from '../../schema.types.ts';
import type { AuditEntry } from './collections.ts';
import { listEntries } from './entry-list.ts';

export const auditResolvers: Resolvers = {
  Query: { auditLog: (_, args, { db, shop }) => listEntries(db, args, shop.createdAt) },
  AuditEntry: {
    id: ({ _id }) => _id.toHexString(),
    action: ({ action }) => action.toUpperCase() as AuditAction,
    recordType: ({ record }) => record.type,
    recordId: ({ record }) => record.id,
    changesOmitted: ({ omitted }) => omitted,
  },
  AuditChange: {
    before: ({ before }) => asJson(before),
    after: ({ after }) => asJson(after),
    isCut: ({ cut }) => cut === true,
  },
  AuditConnection: {
    ...connectionResolvers<AuditEntry>(),
    // A page that has stopped before it was full ends where it stopped.
    pageInfo: ({ stoppedAt, ...page }) => (stoppedAt ? { ...page, rows: [...page.rows, stoppedAt] } : page),
  },
  AuditEdge: edgeResolvers<AuditEntry>(),
};

const asJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
