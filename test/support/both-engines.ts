import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, execute, type GraphQLSchema, type OperationDefinitionNode, print } from 'graphql';
import type { Context } from '../../src/context.ts';
import { resolvers } from '../../src/domains/registry.ts';
import { compiledExecution, type ExecuteCompiled } from '../../src/platform/graphql/execute.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import type { Database } from '../../src/platform/mongo/client.ts';

const MOST_QUERIES = 300;

type Asked = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  context: Context;
};

export type QueryRecord = {
  /** Goes into the API whose queries are to be noted. */
  plugin: ApolloServerPlugin<Context>;
  /** Asks each of them again of graphql-js and of its compiled form, and throws at the first difference. */
  replay: (database: Database, compiled?: ExecuteCompiled) => Promise<void>;
};

/** Notes every query that an API is asked, each once. */
export function recordQueries(): QueryRecord {
  const asked = new Map<string, Asked>();
  return {
    plugin: {
      requestDidStart: async () => ({
        didResolveOperation: async ({
          document,
          operation,
          request: { variables = {} },
          contextValue: context,
        }) => {
          if (operation?.operation !== 'query' || context.platform || asked.size >= MOST_QUERIES) return;
          const key = JSON.stringify([print(operation), variables, context.shop._id, context.viewer.id]);
          asked.set(key, { document, operation, variables, context });
        },
      }),
    },
    replay: async (database, compiled = useEngines().compiled) => {
      for (const query of asked.values()) await expectSameAnswer(query, database, compiled);
    },
  };
}

let engines: { schema: GraphQLSchema; compiled: ExecuteCompiled } | undefined;

function useEngines() {
  const schema = engines?.schema ?? buildSchema(resolvers);
  engines ??= { schema, compiled: compiledExecution(schema, 1) };
  return engines;
}

async function expectSameAnswer(
  { document, operation, variables, context }: Asked,
  database: Database,
  compiled: ExecuteCompiled,
) {
  const { schema } = useEngines();
  // Prices depend on the time, and loaders remember.
  const at = new Date();
  const again = (): Context => ({
    ...context,
    db: database.tenantDb(context.shop._id, { now: () => at }),
    loaders: new Map(),
  });
  const ours = await compiled({ document, operation, variables, context: again() });
  if (!ours) return;
  const theirs = await execute({
    schema,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    contextValue: again(),
  });
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return;
  const shown = [print(document), JSON.stringify(variables), JSON.stringify(ours), JSON.stringify(theirs)];
  throw new Error(`Compiled, this query answers otherwise than graphql-js does:\n${shown.join('\n\n')}`);
}
