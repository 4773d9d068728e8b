import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  type GraphQLField,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { infoMaker, readsMore } from './execute-info.ts';
import { Execution, type FieldWithArguments, items, leaf, leave, noArguments } from './execute-run.ts';

type Values = Record<string, unknown>;

/** Answers a query whose variables were read; undefined where graphql-js has to. */
export type CompiledQuery = (context: unknown, variables: Values) => Promise<ExecutionResult | undefined>;

type Nodes = readonly FieldNode[];
type Fields = Map<string, Nodes>;
/** An expression that completes the variable `v`; whether it has to be told the path to it, in `path`. */
type Completion = { code: string; usesPath: boolean };

/** A query as far as it is compiled; everything that its code refers to stands among the constants. */
type Unit = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Of the variables that decide over parts of the query. */
  conditions: Values;
  functions: string[];
  constants: unknown[];
  withArguments: FieldWithArguments[];
};

/** Thrown at what this compiler does not know; graphql-js does. */
class Unknown extends Error {}

const IS_PROMISE = "typeof v === 'object' && v !== null && typeof v.then === 'function'";

/** Values of these types that are answered as they are, which are most. */
const AS_IT_IS = new Map<GraphQLOutputType, string>([
  [GraphQLString, "typeof v === 'string'"],
  [GraphQLID, "typeof v === 'string'"],
  [GraphQLBoolean, "typeof v === 'boolean'"],
  [GraphQLInt, "typeof v === 'number' && v === (v | 0)"],
  [GraphQLFloat, "typeof v === 'number' && v - v === 0"],
]);

/**
 * Makes one function of a query; undefined where it cannot. It collects fields, reads arguments and serializes as
 * graphql-js does, by the same functions of it, but decides beforehand what depends on the query alone. A query that
 * runs into an error ends at once and is left to graphql-js.
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Values,
): CompiledQuery | undefined {
  const root = schema.getQueryType();
  if (!root) return undefined;
  const fragments = fragmentsOf(document);
  const unit: Unit = {
    schema,
    operation,
    fragments,
    conditions,
    functions: [],
    constants: [],
    withArguments: [],
  };
  try {
    const fields = collectFields(schema, fragments, conditions, root, operation.selectionSet);
    const { name } = objectFunction(unit, root, fields, true);
    return run(unit, name);
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

function fragmentsOf({ definitions }: DocumentNode) {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  return fragments;
}

type Answer = (source: undefined, execution: Execution, path: undefined) => object;

function run({ functions, constants, withArguments }: Unit, root: string): CompiledQuery {
  const names = constants.map((_, index) => `c${index}`);
  const code = `'use strict';\n${functions.join('\n')}\nreturn ${root};`;
  const helpers = { leaf, items, leave, noArguments };
  const make = new Function(...Object.keys(helpers), ...names, code);
  const answer: Answer = make(...Object.values(helpers), ...constants);
  return async (context, variables) => {
    const execution = new Execution(context, variables, withArguments);
    try {
      const data = answer(undefined, execution, undefined);
      const completed = execution.completed();
      return completed === true || (await completed) ? { data: data as Values } : undefined;
    } catch {
      return undefined;
    }
  };
}

const constant = ({ constants }: Unit, value: unknown) => `c${constants.push(value) - 1}`;

function declare({ functions }: Unit, kind: string, parameters: string, body: string): string {
  const name = `${kind}${functions.length}`;
  functions.push(`function ${name}(${parameters}) {\n${body}\n}`);
  return name;
}

/** A function that answers an object of this type with these fields. */
function objectFunction(unit: Unit, type: GraphQLObjectType, fields: Fields, isRoot: boolean) {
  if (type.isTypeOf) throw new Unknown();
  const parts = [...fields].map(([key, nodes]) => fieldPart(unit, type, key, nodes, isRoot));
  const check = isRoot ? '' : "if (typeof s !== 'object' || s instanceof Error) leave();\n";
  const initial = parts.map(({ key, initial }) => `${key}: ${initial}`).join(', ');
  const body = `${check}const r = { ${initial} };\nlet v;\n${parts.map(({ code }) => code).join('\n')}\nreturn r;`;
  const usesPath = parts.some((part) => part.usesPath);
  return { name: declare(unit, 'object', 's, x, outer', body), usesPath };
}

/** One field of an object: its place in it, and the code that fills that. */
function fieldPart(unit: Unit, parent: GraphQLObjectType, name: string, nodes: Nodes, isRoot: boolean) {
  const [node] = nodes;
  // As a key of an object that is written down, it would set the object's prototype.
  if (!node || name === '__proto__') throw new Unknown();
  const key = JSON.stringify(name);
  if (node.name.value === '__typename')
    return { key, initial: JSON.stringify(parent.name), code: '', usesPath: false };
  const field = parent.getFields()[node.name.value];
  // Introspection has no field here. Without a resolver, a root field has nothing to be read from.
  if (!field || (isRoot && !field.resolve)) throw new Unknown();
  const value = fieldValue(unit, parent, field, nodes);
  const completion = complete(unit, field.type, nodes);
  const usesPath = value.usesPath || completion.usesPath;
  const path = `const path = { prev: outer, key: ${key}, typename: ${JSON.stringify(parent.name)} };`;
  const code = `v = ${value.code};
    if (${IS_PROMISE}) x.wait(v, (v) => { r[${key}] = ${completion.code}; });
    else r[${key}] = ${completion.code};`;
  return { key, initial: 'null', code: usesPath ? `{ ${path}\n${code} }` : code, usesPath };
}

/** What a field holds before it is completed. */
function fieldValue(
  unit: Unit,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  nodes: Nodes,
) {
  const { resolve, name } = field;
  if (!resolve) return { code: `s[${JSON.stringify(name)}]`, usesPath: false };
  const usesPath = readsMore(resolve, 3);
  const info = usesPath ? `, ${constant(unit, infoMaker(unit, parent, field, nodes))}(x, path)` : '';
  const code = `${constant(unit, resolve)}(s, ${argumentsOf(unit, field, nodes)}, x.context${info})`;
  return { code, usesPath };
}

function argumentsOf({ withArguments }: Unit, def: GraphQLField<unknown, unknown>, [node]: Nodes): string {
  if (def.args.length === 0 || !node) return 'noArguments';
  const index = withArguments.push({ def, node }) - 1;
  return `(x.read[${index}] ?? x.readArguments(${index}))`;
}

function complete(unit: Unit, type: GraphQLOutputType, nodes: Nodes): Completion {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const { code, usesPath } = completeValue(unit, nullable, nodes);
  return { code: `(v == null ? ${nullable === type ? 'null' : 'leave()'} : ${code})`, usesPath };
}

function completeValue(unit: Unit, type: GraphQLOutputType, nodes: Nodes): Completion {
  if (isLeafType(type)) return completeLeaf(unit, type);
  const { name, usesPath } = isListType(type)
    ? listFunction(unit, type.ofType, nodes)
    : isObjectType(type)
      ? objectFunction(unit, type, subfields(unit, type, nodes), false)
      : abstractFunction(unit, type as GraphQLAbstractType, nodes);
  return { code: `${name}(v, x, ${usesPath ? 'path' : 'undefined'})`, usesPath };
}

const subfields = ({ schema, fragments, conditions }: Unit, type: GraphQLObjectType, nodes: Nodes): Fields =>
  collectSubfields(schema, fragments, conditions, type, nodes);

function completeLeaf(unit: Unit, type: GraphQLLeafType): Completion {
  const whole = `leaf(v, ${constant(unit, type)})`;
  const asItIs = AS_IT_IS.get(type);
  return { code: asItIs ? `(${asItIs} ? v : ${whole})` : whole, usesPath: false };
}

function listFunction(unit: Unit, itemType: GraphQLOutputType, nodes: Nodes) {
  const { code, usesPath } = complete(unit, itemType, nodes);
  const path = usesPath ? 'const path = { prev: outer, key: i, typename: undefined };' : '';
  const body = `const list = items(value), r = [];
    for (let i = 0; i < list.length; i++) {
      const v = list[i];
      ${path}
      if (${IS_PROMISE}) { r[i] = null; x.wait(v, (v) => { r[i] = ${code}; }); }
      else r[i] = ${code};
    }
    return r;`;
  return { name: declare(unit, 'list', 'value, x, outer', body), usesPath };
}

/** Asks which type a value is of, and answers it as an object of that. */
function abstractFunction(unit: Unit, type: GraphQLAbstractType, nodes: Nodes) {
  // It would have to be told of the field that it is asked for; such types are rare, and where they are, fields are few.
  const { resolveType } = type;
  if (!resolveType || readsMore(resolveType, 2)) throw new Unknown();
  const cases = unit.schema.getPossibleTypes(type).map((possible) => {
    const { name, usesPath } = objectFunction(unit, possible, subfields(unit, possible, nodes), false);
    return { code: `case ${JSON.stringify(possible.name)}: return ${name}(s, x, path);`, usesPath };
  });
  const kind = `${constant(unit, resolveType)}(s, x.context)`;
  const body = `if (typeof s !== 'object' || s instanceof Error) leave();
    switch (${kind}) { ${cases.map(({ code }) => code).join('\n')} default: leave(); }`;
  return { name: declare(unit, 'abstract', 's, x, path', body), usesPath: cases.some((one) => one.usesPath) };
}
