import {
  type DefinitionNode,
  type DocumentNode,
  type ExecutionResult,
  GraphQLID,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLString,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

export type CompiledQuery = (
  root: unknown,
  context: unknown,
  coercedVariables: Record<string, unknown>,
) => ExecutionResult | Promise<ExecutionResult>;

/** Most values are of the right type already; the others go the way of graphql-js, errors included. */
const textQuickly = (scalar: GraphQLScalarType) => (value: unknown) =>
  typeof value === 'string' ? value : scalar.serialize(value);

const customSerializers = { String: textQuickly(GraphQLString), ID: textQuickly(GraphQLID) };

/**
 * The compiler reads variables in its own way, which is not that of graphql-js in every case. So it is told that they
 * all are of this type, which takes any value as it is, and is given what graphql-js has read.
 */
const readAlready = new GraphQLScalarType({ name: 'ReadAlready' });

/** Compiles one query of a document; undefined where the compiler cannot. */
export function queryCompiler(schema: GraphQLSchema) {
  const knowingReadAlready: GraphQLSchema = Object.create(schema, {
    getType: { value: (name: string) => (name === readAlready.name ? readAlready : schema.getType(name)) },
  });
  return (document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | undefined => {
    const compiled = compileQuery(
      knowingReadAlready,
      withVariablesRead(document, operation),
      operation.name?.value,
      {
        // It has trouble with scalars of our own.
        customJSONSerializer: false,
        // An answer with errors is thrown away.
        disablingCapturingStackErrors: true,
        customSerializers,
        // Resolvers see what was asked, not what the compiler was told.
        resolverInfoEnricher: () => ({ schema, operation }),
      },
    );
    return isCompiledQuery(compiled) ? compiled.query : undefined;
  };
}

/** Only the operation at hand, with its variables as `readAlready`. */
function withVariablesRead(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const isFragment = ({ kind }: DefinitionNode) => kind === Kind.FRAGMENT_DEFINITION;
  const isAsked = (definition: DefinitionNode) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operation.name?.value;
  const variableDefinitions = (operation.variableDefinitions ?? []).map(asReadAlready);
  const definitions = document.definitions
    .filter((definition) => isFragment(definition) || isAsked(definition))
    .map((definition) => (isAsked(definition) ? { ...definition, variableDefinitions } : definition));
  return { ...document, definitions };
}

const asReadAlready = ({ kind, variable }: VariableDefinitionNode): VariableDefinitionNode => ({
  kind,
  variable,
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: readAlready.name } },
});
