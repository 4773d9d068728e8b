import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { Context } from './context.ts';
import type { Permission } from './domains/auth/permissions.ts';
import { fromSecondaries } from './platform/cache/last-writes.ts';
import { AFTER, writeAfter } from './platform/http/after.ts';
import type { QueryResolvers } from './schema.types.ts';

type Source = {
  /** Only for who has it; everybody else asks for their own, and the primary answers. */
  only?: Permission;
  what: string;
};

/**
 * Which fields of Query may be answered by a secondary; all others are answered by the primary. An operation is read there
 * if all of its root fields stand here, and then whole: with whatever is looked up below them.
 */
export const FROM_SECONDARIES = {
  categoryAnalytics: { what: 'figures' },
  salesAnalytics: { what: 'figures' },
  bestSellers: { what: 'figures' },
  productAnalytics: { what: 'figures' },
  mostViewedProducts: { what: 'figures' },
  searchSuggestions: { what: 'search suggestions, where the answer is not kept' },
  orders: { what: 'list of the staff', only: 'orders:read' },
  customers: { what: 'list of the staff' },
  users: { what: 'list of the staff' },
  stockMovements: { what: 'list of the staff' },
  lowStock: { what: 'list of the staff' },
  reviewsToModerate: { what: 'list of the staff' },
  promotions: { what: 'list of the staff' },
  auditLog: { what: 'list of the staff' },
  webhooks: { what: 'list of the staff, with deliveries' },
  webhook: { what: 'with its deliveries' },
} satisfies Partial<Record<keyof QueryResolvers, Source>>;

/** What asks for it beside the queries, and where; nothing else does. */
export const ALSO_FROM_SECONDARIES = {
  'GET /export/customer': {
    what: 'all that is held of a person',
    in: 'src/domains/privacy/export-route.ts',
  },
  'GET /export/*.csv, *.parquet': {
    what: 'reports',
    in: 'src/domains/analytics/reports/report-route.ts',
  },
  'npm run export': { what: 'tables for a warehouse', in: 'scripts/export.ts' },
};

const SOURCES = new Map<string, Source>(Object.entries(FROM_SECONDARIES));

/** Sends queries that may be a little behind to the secondaries, and tells who changes something how to see it there. */
export const readFromSecondaries = (): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, contextValue }) => {
      if (hasShop(contextValue) && mayBeBehind(document, operation, contextValue))
        Object.assign(contextValue, { db: await fromSecondaries(contextValue) });
    },
    willSendResponse: async ({ operation, contextValue, response }) => {
      if (operation?.operation !== 'mutation' || !hasShop(contextValue)) return;
      const { db, lastWrites } = contextValue;
      const moment = db.ownWrites?.moment;
      if (!moment) return;
      response.http.headers.set(AFTER, writeAfter(moment));
      await lastWrites?.note(db, moment);
    },
  }),
});

/** The operator's requests need none, and then asking for it would throw. */
const hasShop = (context: Context) => Object.hasOwn(context, 'db');

const rootFields = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

function mayBeBehind(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  { viewer }: Context,
) {
  if (operation?.operation !== 'query') return false;
  const fields = rootFields.get(operation) ?? fieldsOf(document, operation.selectionSet);
  rootFields.set(operation, fields);
  return fields.size > 0 && [...fields].every((name) => isOpen(SOURCES.get(name), viewer));
}

const isOpen = (source: Source | undefined, viewer: Context['viewer']) =>
  source !== undefined && (source.only === undefined || viewer.may(source.only));

/** The names of its fields, those of fragments among them, whatever @skip and @include say. */
function fieldsOf(document: DocumentNode, { selections }: SelectionSetNode, found = new Set<string>()) {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') fieldsOf(document, selection.selectionSet, found);
    else if (selection.kind === 'Field') {
      if (selection.name.value !== '__typename') found.add(selection.name.value);
    } else {
      for (const definition of document.definitions)
        if (definition.kind === 'FragmentDefinition' && definition.name.value === selection.name.value)
          fieldsOf(document, definition.selectionSet, found);
    }
  }
  return found;
}
