/**
 * How much a request may be, ask for and take. docs/limits.md says the same in words; what a plan allows a shop, its
 * cost budget among it, stands in domains/tenants/plans.ts.
 */
export const LIMITS = {
  bodyBytes: 100_000,

  // The text of an operation.
  tokens: 1_000,
  depth: 10,
  aliases: 30,
  queryFields: 20,
  mutationFields: 5,
  /** With each fragment written out where it is spread. */
  fields: 5_000,
  fieldDirectives: 5,
  directives: 10,
  fragments: 20,
  variables: 50,
  validationErrors: 5,

  // What goes into it and comes out.
  listItems: 250,
  /** Objects and lists inside each other, in one value. */
  nesting: 20,
  pageRows: 100,
  /** Of a list that is asked for no other number. */
  defaultPageRows: 20,
  /** How far the rows of a list are counted. */
  countedRows: 10_000,
  /** What one operation may cost, by the weights below and in schema.graphql. */
  cost: 1_000,

  // At once, in one process.
  atOnce: 100,
  /** How many requests wait for a place, and for how long; the rest is told to come again. */
  waiting: 200,
  waitingMs: 900,

  // Time.
  /** A command to the database; with what is left of the request's time, whichever is less. */
  commandMs: 5_000,
  requestMs: 15_000,
  headersMs: 10_000,
  idleMs: 65_000,

  // Subscriptions, in one process.
  /** WebSockets and event streams that are open. */
  listeners: 20_000,
  /** On one WebSocket. */
  socketOperations: 50,
  socketMessageBytes: 64_000,
  socketInitMs: 3_000,
  /** Events that wait for one subscriber who reads too slowly, before it is sent away. */
  waitingEvents: 256,
  /** How many changes whoever was away can be told of; who missed more reads anew. */
  keptChanges: 20_000,
  /** How long ago the last event of somebody who comes back may be. */
  resumeMs: 24 * 60 * 60_000,
};

/** What things cost of which schema.graphql says nothing else with @cost and @listSize. */
export const WEIGHTS = {
  /** A record: whatever has an id. What has none is a part of one and costs nothing by itself. */
  record: 1,
  /** A field of Query: it reads, whatever it finds. */
  query: 2,
  mutation: 10,
  introspection: 1,
  /** How many a list is taken to have that is not paged. */
  listItems: 10,
};
