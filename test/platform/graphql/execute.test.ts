import { execute, type GraphQLSchema, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compiledExecution } from '../../../src/platform/graphql/execute.ts';
import { nastySchema } from './nasty-schema.ts';

const schema = nastySchema();

type Variables = Record<string, unknown>;

/** The answers of both engines as they leave the server; undefined where the compiled one stands back. */
async function bothAnswers(query: string, variables: Variables = {}, on: GraphQLSchema = schema) {
  const document = parse(query);
  expect(validate(on, document, specifiedRules)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('One operation a query');
  const plain = await execute({ schema: on, document, variableValues: variables, contextValue: {} });
  const compiled = await compiledExecution(on, 1)({ document, operation, variables, context: {} });
  return { plain: JSON.stringify(plain), compiled: compiled && JSON.stringify(compiled) };
}

async function expectCompiled(query: string, variables?: Variables) {
  const { plain, compiled } = await bothAnswers(query, variables);
  expect(compiled).toBe(plain);
}

async function expectLeftToGraphql(query: string, variables?: Variables) {
  const { compiled } = await bothAnswers(query, variables);
  expect(compiled).toBeUndefined();
}

describe('compiled, and byte for byte the same', () => {
  /** What another compiler took for the place of a value. */
  const MARKER = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
  const LEAVES = 'id label size at any colour late matrix __typename';

  it.each([
    ['leaves of every kind', `{ box(id: "1") { ${LEAVES} } }`],
    ['aliases', `{ one: box(id: "1") { i: id again: id } two: box { id } }`],
    [
      'the order of fields that are asked for twice',
      `{ box { label id label child { id } list { id } child { size id } } }`,
    ],
    ['fields of promises in lists', `{ boxes(count: 3) { id late child { late id } lateList { id late } } }`],
    ['lists with gaps', `{ box { list { id list { id } } neededList { id } } }`],
    ['an empty list', `{ boxes(count: 0) { id } }`],
    ['null for an object', `{ nothing { id } box { id } }`],
    [
      'a fragment in two places',
      `query { box { ...F child { ...F } } needed { ...F } } fragment F on Box { id label }`,
    ],
    [
      'fragments in fragments',
      `{ box { ...A } } fragment A on Box { id ...B } fragment B on Box { child { id } label }`,
    ],
    ['inline fragments with and without a type', `{ box { ... { id } ... on Box { label } } }`],
    ['__typename under another name', `{ __typename box { kind: __typename } }`],
    [
      'literals',
      `{ box { echo(text: "a\\"\\\\ \u2028 é", n: -3, need: false, colour: RED, ids: ["1", "2"]) } }`,
    ],
    ['a block text', `{ box { echo(text: """ one\n  two """) } }`],
    ['a number for a float and an id', `{ box(id: 7) { echo(ids: [1, 2]) } }`],
    [
      'one item for a list',
      `{ box { echo(ids: "1", filter: { words: "one", deep: 1, inner: { need: "x" } }) } }`,
    ],
    ['defaults inside an input', `{ box { echo(filter: {}) e2: echo(filter: { inner: { need: "x" } }) } }`],
    [
      'null inside an input',
      `{ box { echo(filter: { colour: null, inner: null, words: null }, text: null) } }`,
    ],
    [
      'a date in an argument',
      `{ box { echo(at: "2026-02-03T00:00:00Z", filter: { inner: { at: "2026-02-03T00:00:00Z", need: "" } }) } }`,
    ],
    ['any JSON in an argument', `{ box { echo(any: { a: [1, 2.5, "x", true, null, { b: 1 }] }) } }`],
    ['what resolvers are told', `{ box { selected ...S } } fragment S on Box { selected }`],
    ['a union', '{ pet(kind: "Cat") { __typename ... on Cat { lives friend { name __typename } } } }'],
    [
      'fields of an interface and of its types',
      '{ named(kind: "Cat") { name ... on Dog { tricks } ... on Cat { lives } } }',
    ],
    ['names with underscores', '{ x_y: box { id } a_b { child { id } } }'],
    ['names that objects have already', '{ box { constructor: id toString: label hasOwnProperty: size } }'],
    [
      'texts that could be taken for code',
      `{ box { echo(text: "${MARKER}\\\\'); globalThis.injected = true; (' ") more: echo(any: { a: "\`\${1}" }) } }`,
    ],
  ])('%s', (_, query) => expectCompiled(query));

  it.each([
    [
      'variables that are given',
      { t: 'x', n: 1, b: false, at: '2026-01-01T00:00:00Z', c: 'RED', ids: ['1', 2] },
    ],
    ['variables that are left out', {}],
    ['variables that are null', { t: null, n: null, at: null, c: null, ids: null }],
    ['one item for a list', { ids: 'one' }],
    [
      'objects',
      { f: { inner: { need: 'x', at: '2026-01-01T00:00:00Z' }, deep: [[1], null, 2] }, any: { a: [{}] } },
    ],
    ['variables that nobody asked for', { unknown: 1 }],
  ])('%s', (_, variables) =>
    expectCompiled(
      `query ($t: String, $n: Int = 5, $b: Boolean = true, $at: Moment, $f: Filter, $any: Anything, $c: Colour = GREEN, $ids: [ID!]) {
        box { echo(text: $t, n: $n, need: $b, at: $at, filter: $f, any: $any, colour: $c, ids: $ids) selected }
      }`,
      variables,
    ),
  );

  it('a required variable inside a value', () =>
    expectCompiled(
      'query ($n: String!, $w: String!) { box { echo(filter: { inner: { need: $n }, words: [$w, "b", $w] }) } }',
      { n: 'x', w: 'a' },
    ));

  it.each([{ s: 1 }, {}])('a variable inside any JSON and inside an input: %j', (variables) =>
    expectCompiled(
      'query ($s: Int) { box { echo(any: { a: $s }, filter: { inner: { need: "", size: $s } }) } }',
      variables,
    ),
  );

  it('a default of a variable that is a date', () =>
    expectCompiled('query ($at: Moment = "2026-01-01T00:00:00Z") { box { echo(at: $at) } }'));

  const CONDITIONS = `query ($a: Boolean!, $b: Boolean = true) {
    box {
      ...F @include(if: $a)
      child { ...F id @skip(if: $a) late @include(if: $b) }
      ... @skip(if: $b) { size ...F }
      label @skip(if: $a) @include(if: $b)
      at @include(if: false)
      colour @skip(if: false)
    }
    needed @include(if: $a) { ...F }
  }
  fragment F on Box { label id list @include(if: $b) { id } }`;

  it.each([
    { a: true, b: true },
    { a: true, b: false },
    { a: false, b: true },
    { a: false, b: false },
    { a: true },
  ])('conditions with %j', (variables) => expectCompiled(CONDITIONS, variables));

  it('a selection that conditions leave empty', () => expectCompiled('{ box { id @skip(if: true) } }'));

  it('one of several operations', async () => {
    const document = parse('query A { box { id } } query B { nothing { id } needed { label } }');
    const operation = getOperationAST(document, 'B');
    if (!operation) throw new Error('There is B');
    const compiled = await compiledExecution(schema, 1)({ document, operation, variables: {}, context: {} });
    expect(compiled).toEqual({ data: { nothing: null, needed: { label: 'box needed' } } });
  });
});

describe('left to graphql-js', () => {
  it.each([
    ['an error', '{ box { id broken } }'],
    ['an error that takes its parent along', '{ box { child { id brokenNeeded } } }'],
    ['an error in a list', '{ boxes { id lateBrokenNeeded } }'],
    ['an error after a promise', '{ box { lateBroken late } }'],
    ['a rejected item', '{ box { someBroken } }'],
    ['an error that is returned', '{ box { returnedError } }'],
    ['an enum value that is none', '{ box { badColour } }'],
    ['a number that is no Int', '{ box { badInt } }'],
    ['a list that is none', '{ box { notAList } }'],
    [
      'a variable of the wrong type',
      'query ($id: ID = {}) { box(id: $id) { id } }'.replace(' = {}', ''),
      { id: {} },
    ],
    ['a required variable that is missing', 'query ($id: ID!) { box(id: $id) { id } }'],
    ['null for a required argument', 'query ($c: Int = 3) { boxes(count: $c) { id } }', { c: null }],
    ['null for a condition', 'query ($c: Boolean = true) { box { id @include(if: $c) } }', { c: null }],
    ['a type of a union that is none', '{ pet(kind: "Box") { __typename } }'],
    ['a name that would set a prototype', '{ box { __proto__: id } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a type by its name', '{ __type(name: "Box") { name } }'],
    [
      'many conditions',
      `query (${'abcde'.replaceAll(/./g, '$$$&: Boolean! ')}) { box { id ${'abcde'.replaceAll(/./g, '$&: id @skip(if: $$$&) ')} } }`,
      { a: true, b: true, c: true, d: true, e: true },
    ],
  ] as [string, string, Variables?][])('%s', (_, query, variables) => expectLeftToGraphql(query, variables));

  it('the first time a query is seen', async () => {
    const run = compiledExecution(schema);
    const document = parse('{ box { id } }');
    const operation = getOperationAST(document);
    if (!operation) throw new Error('There is one');
    const request = { document, operation, variables: {}, context: {} };
    expect([await run(request), await run(request)]).toEqual([undefined, { data: { box: { id: 'none' } } }]);
  });
});
