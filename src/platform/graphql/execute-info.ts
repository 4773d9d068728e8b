import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Execution } from './execute-run.ts';

type Path = GraphQLResolveInfo['path'];

export type InfoMaker = (execution: Execution, path: Path) => GraphQLResolveInfo;

type Asked = Pick<GraphQLResolveInfo, 'schema' | 'operation' | 'fragments'> & { schema: GraphQLSchema };

/** What a resolver is told of the query: the same as graphql-js tells it. */
export function infoMaker(
  { schema, operation, fragments }: Asked,
  parentType: GraphQLObjectType,
  { name: fieldName, type: returnType }: GraphQLField<unknown, unknown>,
  fieldNodes: readonly FieldNode[],
): InfoMaker {
  const fixed = {
    fieldName,
    fieldNodes,
    returnType,
    parentType,
    schema,
    fragments,
    rootValue: undefined,
    operation,
  };
  return ({ variables }, path) => ({ ...fixed, path, variableValues: variables });
}

/** By these, a function reaches parameters that it does not name. */
const REACHES_FURTHER = /\barguments\b|\.\.\.|\[native code\]/;

/**
 * Whether a function may read more than its first parameters. To say where in an answer a field stands is costly, and
 * most resolvers do not ask; what is not plain to see counts as asking.
 */
export function readsMore(resolver: (...parameters: never[]) => unknown, first: number): boolean {
  const text = String(resolver);
  const parameters = text.slice(0, text.indexOf(')')).replace('=>', '');
  // A parameter with a default, and those after it, are not counted by `length`.
  return resolver.length > first || parameters.includes('=') || REACHES_FURTHER.test(text);
}
