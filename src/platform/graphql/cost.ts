import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LIMITS, WEIGHTS } from '../limits/limits.ts';
import { argumentReader, type ReadArgument, type Variables } from './cost-arguments.ts';
import type { CostHints, FieldCost } from './cost-hints.ts';

/** A field of an operation that costs something, or below which something does. */
export type PricedField = {
  /** Its name in the answer. */
  key: string;
  /** Each time it is asked for. */
  weight: number;
  /** What it costs more when an argument is given. */
  more: { weight: number; isGiven: (variables: Variables) => boolean }[];
  /** Each object that it answers. */
  object: number;
  /** How many it answers at most. */
  size: (variables: Variables) => number;
  below: PricedField[];
};

type Size = PricedField['size'];
type Asked = { key: string; type: GraphQLNamedType; name: string; nodes: FieldNode[] };

/** In a connection, these have as many rows as the connection was asked for. */
const ROWS = new Set(['nodes', 'edges']);

const one: Size = () => 1;
/** 0.2 five times is one, and not a little more. */
const ROUNDING_ERROR = 1e-6;

/** What an operation will cost, as a tree that needs nothing but variables to be added up. */
export function priceOperation(
  schema: GraphQLSchema,
  hints: CostHints,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PricedField[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const read = argumentReader(operation);

  function priceBelow(type: GraphQLNamedType, sets: SelectionSetNode[], rows?: Size): PricedField[] {
    const asked = new Map<string, Asked>();
    const spread = new Set<string>();
    for (const set of sets) collect(type, set, asked, spread);
    return [...asked.values()].map((field) => priceField(field, rows)).filter(isDear);
  }

  /**
   * The fields of a selection by their names in the answer, whatever fragments they stand in. Under one name, different
   * types may have different fields: all of them count.
   */
  function collect(
    type: GraphQLNamedType,
    set: SelectionSetNode,
    asked: Map<string, Asked>,
    spread: Set<string>,
  ) {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const known = asked.get(`${key} ${type.name}`);
        if (known) known.nodes.push(node);
        else asked.set(`${key} ${type.name}`, { key, type, name: node.name.value, nodes: [node] });
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (!fragment || (node.kind === Kind.FRAGMENT_SPREAD && spread.has(node.name.value))) continue;
      if (node.kind === Kind.FRAGMENT_SPREAD) spread.add(node.name.value);
      const condition = fragment.typeCondition?.name.value;
      collect((condition && schema.getType(condition)) || type, fragment.selectionSet, asked, spread);
    }
  }

  function priceField({ key, type, name, nodes }: Asked, rows: Size | undefined): PricedField {
    const field = fieldOf(type, name);
    if (!field) return introspection(key, name);
    const cost = hints.ofField(field);
    const argument = read(field, nodes);
    const returned = getNamedType(field.type);
    const paged = sizeOf(cost, argument);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      key,
      weight: cost.weight,
      more: cost.argumentWeights.map(([name, weight]) => ({
        weight,
        isGiven: (variables) => argument(name, variables) != null,
      })),
      object: hints.ofObject(returned),
      size: cost.isList ? (ROWS.has(field.name) && rows) || paged : one,
      below: priceBelow(returned, sets, cost.isList ? undefined : paged),
    };
  }

  const root = schema.getRootType(operation.operation);
  return root ? priceBelow(root, [operation.selectionSet]) : [];
}

const fieldOf = (type: GraphQLNamedType, name: string) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

const introspection = (key: string, name: string): PricedField => ({
  key,
  weight: name === '__typename' ? 0 : WEIGHTS.introspection,
  more: [],
  object: 0,
  size: one,
  below: [],
});

function sizeOf({ sizedBy, assumed }: FieldCost, argument: ReadArgument): Size {
  if (sizedBy.length === 0) return () => assumed ?? WEIGHTS.listItems;
  return (variables) => {
    const given = sizedBy.map((name) => argument(name, variables)).find((value) => value != null);
    if (Array.isArray(given)) return given.length;
    const rows = typeof given === 'number' ? given : (assumed ?? LIMITS.defaultPageRows);
    // More is refused, and fewer than none as well.
    return Math.min(Math.max(rows, 0), LIMITS.pageRows);
  };
}

/** Most of what is asked costs nothing by itself, and is never looked at again. */
const isDear = ({ weight, more, object, below }: PricedField) =>
  weight > 0 || more.length > 0 || object > 0 || below.length > 0;

const askedFor = ({ weight, more }: PricedField, variables: Variables): number =>
  more.reduce((sum, extra) => (extra.isGiven(variables) ? sum + extra.weight : sum), weight);

/** What an operation may cost at most. */
export function requestedCost(fields: PricedField[], variables: Variables): number {
  return rounded(sumRequested(fields, variables));
}

const sumRequested = (fields: PricedField[], variables: Variables): number =>
  fields.reduce((sum, field) => {
    const object = field.object + sumRequested(field.below, variables);
    return sum + askedFor(field, variables) + field.size(variables) * object;
  }, 0);

/** What an operation did cost, by what it answered. */
export function actualCost(fields: PricedField[], data: object, variables: Variables): number {
  return rounded(sumAnswered(fields, data, variables));
}

function sumAnswered(fields: PricedField[], value: object, variables: Variables): number {
  let sum = 0;
  for (const field of fields) {
    const answer = (value as Record<string, unknown>)[field.key];
    if (answer !== undefined) sum += askedFor(field, variables) + objectsIn(answer, field, variables);
  }
  return sum;
}

function objectsIn(answer: unknown, field: PricedField, variables: Variables): number {
  if (typeof answer !== 'object' || answer === null) return 0;
  if (!Array.isArray(answer)) return field.object + sumAnswered(field.below, answer, variables);
  return answer.reduce((sum: number, item) => sum + objectsIn(item, field, variables), 0);
}

/** Whole, and never nothing: even the smallest operation is work. */
const rounded = (cost: number) => Math.max(1, Math.ceil(cost - ROUNDING_ERROR));
