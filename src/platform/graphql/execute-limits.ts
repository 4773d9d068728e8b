import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Whether graphql-jit 0.8 answers a query as graphql-js does. Each refusal here is a difference that its source shows
 * and a test holds; only differences that make no error count, for a query with errors is answered by graphql-js anyway.
 */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (holdsMarker(document)) return false;
  let same = true;
  const refuseUnless = (holds: boolean) => {
    same &&= holds;
  };
  const types = new TypeInfo(schema);
  const required = requiredVariables(operation);
  const value = (node: ValueNode) => refuseUnless(isWrittenAsIs(node, types));
  visit(
    document,
    visitWithTypeInfo(types, {
      // Its objects inherit from Object, those of graphql-js from nothing: "__proto__" would set a prototype.
      Name: (node) => refuseUnless(!(node.value in Object.prototype)),
      Field: (node) => refuseUnless(isUsualField(node, types)),
      // Left out, a variable inside a value is null there; graphql-js takes the default, or leaves it out too.
      Variable: (node, _, parent) => refuseUnless(!isInsideValue(parent) || required.has(node.name.value)),
      IntValue: value,
      FloatValue: value,
      StringValue: value,
      BooleanValue: value,
      EnumValue: value,
      ListValue: value,
      ObjectValue: value,
    }),
  );
  return same;
}

/**
 * It writes the values of a query into the function's code, dates and the like as texts that begin so, and then makes
 * code of those: a query that holds such a text could run any code.
 */
const holdsMarker = (document: DocumentNode) => JSON.stringify(document).includes('__MAGIC_');

function isUsualField({ name, alias }: FieldNode, types: TypeInfo): boolean {
  // Introspection is large and rare.
  if (name.value === '__schema' || name.value === '__type') return false;
  // A type resolver that throws ends the process there, and not the field.
  const type = types.getType();
  if (type && isAbstractType(getNamedType(type))) return false;
  // Paths are joined by it: `a_b { c }` and `b { c_a }` would be told the same of the query.
  return name.value === '__typename' || !(alias ?? name).value.includes('_');
}

const requiredVariables = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
  new Set(
    variableDefinitions
      .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );

/** Items of a list have the list itself as their parent. */
const isInsideValue = (parent: ASTNode | readonly ASTNode[] | undefined) =>
  parent !== undefined && (!('kind' in parent) || parent.kind === Kind.OBJECT_FIELD);

/** Whether a scalar is the same after it was written into code. */
function isWrittenAsIs(node: ValueNode, types: TypeInfo): boolean {
  // Inside a list, the type at hand is that of its items.
  if (node.kind === Kind.LIST && isListType(getNullableType(types.getParentInputType()))) return true;
  const scalar = getNamedType(types.getInputType());
  return !isScalarType(scalar) || isPlain(scalar.parseLiteral(node));
}

/** What is the same after it was written as JSON and read again; of dates the compiler takes care. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    if (value instanceof Date) return true;
    if (Array.isArray(value)) return value.every(isPlain);
    const prototype = Object.getPrototypeOf(value);
    return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isPlain);
  }
  return value !== undefined && typeof value !== 'bigint' && !Object.is(value, -0);
}
