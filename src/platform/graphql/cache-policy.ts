import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { accessOf } from './permissions.ts';

type Hint = { maxAge?: number; isPrivate: boolean };
type Directed = { astNode?: { directives?: readonly DirectiveNode[] | undefined } | null | undefined };

/**
 * For how many seconds anybody may keep the answer to a query; 0 for not at all. The @cacheControl of each root field
 * says so, and what stands below can only make it less; a field that needs a permission is nobody else's.
 */
export function maxAgeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const types = new TypeInfo(schema);
  let maxAge = Number.POSITIVE_INFINITY;
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: (node) => (node === operation ? undefined : false),
      Field: (node) => {
        maxAge = Math.min(maxAge, maxAgeOfField(node, types, schema));
      },
    }),
  );
  return Number.isFinite(maxAge) ? maxAge : 0;
}

function maxAgeOfField({ name }: FieldNode, types: TypeInfo, schema: GraphQLSchema): number {
  if (name.value === '__typename') return Number.POSITIVE_INFINITY;
  const field = types.getFieldDef();
  const parent = types.getParentType();
  if (!field || !isObjectType(parent) || accessOf(parent, name.value) !== 'public') return 0;
  const own = hintOf(field);
  const ofType = hintOf(getNamedType(field.type) as Directed);
  if (own.isPrivate || ofType.isPrivate) return 0;
  const isRoot = parent === schema.getQueryType();
  return own.maxAge ?? ofType.maxAge ?? (isRoot ? 0 : Number.POSITIVE_INFINITY);
}

function hintOf({ astNode }: Directed): Hint {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'cacheControl');
  const argument = (wanted: string) => directive?.arguments?.find(({ name }) => name.value === wanted)?.value;
  const maxAge = argument('maxAge');
  const scope = argument('scope');
  return {
    isPrivate: scope?.kind === 'EnumValue' && scope.value === 'PRIVATE',
    ...(maxAge?.kind === 'IntValue' && { maxAge: Number(maxAge.value) }),
  };
}

/**
 * Says for answers to GET for how long anybody may keep them. What differs from answer to answer, as what it has
 * cost, does not belong into one that is kept.
 */
export function cachePolicy<C extends object>(schema: GraphQLSchema): ApolloServerPlugin<C> {
  const known = new WeakMap<OperationDefinitionNode, number>();
  return {
    requestDidStart: async ({ request: { http } }) => {
      if (http?.method !== 'GET') return;
      return {
        willSendResponse: async ({ document, operation, response }) => {
          if (!document || !operation || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const maxAge = known.get(operation) ?? maxAgeOf(schema, document, operation);
          known.set(operation, maxAge);
          if (maxAge === 0 || singleResult.errors) return;
          response.http.headers.set('cache-control', `public, max-age=${maxAge}`);
          delete singleResult.extensions;
        },
      };
    },
  };
}
