import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';

/** A contract with everything that two engines could answer differently. */
const typeDefs = /* GraphQL */ `
  scalar Moment
  scalar Anything
  enum Colour { RED GREEN }
  input Inner { at: Moment, size: Int = 3, need: String! }
  input Filter { colour: Colour = GREEN, inner: Inner, words: [String!], deep: [[Int]] }
  interface Named { name: String! }
  type Cat implements Named { name: String! lives: Int, friend: Named }
  type Dog implements Named { name: String! tricks: [String!]! }
  union Pet = Cat | Dog
  type Box {
    id: ID!
    label: String
    size: Float
    at: Moment
    any: Anything
    colour: Colour
    child: Box
    needed: Box!
    list: [Box]
    neededList: [Box!]!
    matrix: [[Int]]
    echo(text: String, n: Int = 7, need: Boolean! = true, at: Moment, filter: Filter, any: Anything, colour: Colour, ids: [ID!]): String
    broken: String
    brokenNeeded: String!
    late: String
    lateBroken: String
    lateBrokenNeeded: String!
    badColour: Colour
    badInt: Int
    notAList: [Int]
    returnedError: String
    method: String
    lateList: [Box]
    someBroken: [String]
    selected: [String!]!
  }
  type Query {
    box(id: ID): Box
    boxes(count: Int! = 2): [Box!]!
    needed: Box!
    pet(kind: String): Pet
    named(kind: String): Named
    nothing: Box
    a_b: Box
  }
`;

const moment = new GraphQLScalarType({
  name: 'Moment',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: readMoment,
  parseLiteral: (node) => readMoment(node.kind === Kind.STRING ? node.value : null),
});

function readMoment(value: unknown): Date {
  const read = new Date(String(value));
  if (Number.isNaN(read.getTime())) throw new GraphQLError(`${value} is no moment`);
  return read;
}

const anything = new GraphQLScalarType({
  name: 'Anything',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});

type Box = { id: string; depth: number };
const box = (id: string, depth = 0): Box => ({ id, depth });
const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value));
const fail = (what: string): never => {
  throw new Error(what);
};

/** Says what an argument is, so that a difference of type shows; the order of arguments says nothing. */
const show = (value: unknown): unknown => {
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (Array.isArray(value)) return value.map(show);
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, show(inner)]),
  );
};

export const nastySchema = () =>
  makeExecutableSchema({
    typeDefs,
    resolvers: {
      Moment: moment,
      Anything: anything,
      Query: {
        box: (_, { id }) => box(id ?? 'none'),
        boxes: (_, { count }) => Array.from({ length: count }, (__, i) => box(`b${i}`)),
        needed: () => box('needed'),
        pet: (_, { kind }) => ({
          kind,
          name: kind,
          lives: 9,
          tricks: ['sit'],
          friend: { kind: 'Dog', name: 'Rex' },
        }),
        named: (_, { kind }) => later({ kind, name: kind }),
        nothing: () => null,
        a_b: () => box('a_b'),
      },
      Named: { __resolveType: ({ kind }: { kind: string }) => kind },
      Pet: { __resolveType: ({ kind }: { kind: string }) => kind ?? fail('of no kind') },
      Box: {
        label: ({ id }) => `box ${id}`,
        size: () => 1.5,
        at: () => new Date('2026-01-02T03:04:05.678Z'),
        any: () => ({ deep: [1, null, { 'a-b': 'ü\u2028"' }] }),
        colour: () => 'RED',
        child: ({ id, depth }) => (depth > 3 ? null : later(box(`${id}c`, depth + 1))),
        needed: ({ id }) => box(`${id}n`),
        list: ({ id }) => [box(`${id}0`), null, box(`${id}2`)],
        neededList: ({ id }) => later([box(`${id}0`), box(`${id}1`)]),
        matrix: () => [[1, null], null, []],
        echo: (_, args) => JSON.stringify(show(args)),
        broken: () => fail('broken'),
        brokenNeeded: () => fail('broken and needed'),
        late: () => later('late'),
        lateBroken: () => later(0).then(() => fail('late and broken')),
        lateBrokenNeeded: () => later(0).then(() => fail('late, broken and needed')),
        badColour: () => 'BLUE',
        badInt: () => 1.5,
        notAList: () => 7,
        returnedError: () => new Error('returned'),
        method: { resolve: ({ id }: Box) => ({ toString: () => id, valueOf: () => id }) },
        lateList: ({ id }) => [later(box(`${id}l0`)), later(box(`${id}l1`))],
        someBroken: () => [later('ok'), later(0).then(() => fail('item broken')), 'ok'],
        selected: (_, __, ___, info) => [
          info.fieldName,
          String(info.returnType),
          info.operation.variableDefinitions
            ?.map(({ type }: { type: { kind: string } }) => type.kind)
            .join() ?? '',
          Object.keys(info.fragments).join(),
          String(info.fieldNodes.length),
          JSON.stringify(info.variableValues),
        ],
      },
    },
  });
