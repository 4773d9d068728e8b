import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Log } from '../log.ts';
import { cachePolicy } from './cache-policy.ts';
import { formatError, formatWithoutHints, isOurFault } from './errors.ts';
import { compiledExecution } from './execute.ts';
import { limitRules, parseOptions, validationOptions } from './limits.ts';
import { asDocumentCache, type TrustedDocuments } from './trusted-documents.ts';

type Named = { requestId: string };

export type GraphqlOptions = {
  schema: GraphQLSchema;
  log: Log;
  /** No introspection, and no hints at names in errors. */
  production: boolean;
  /** What clients may name by an id alone; null where there is no manifest. */
  trusted: TrustedDocuments | null;
  onErrors: (errors: readonly GraphQLFormattedError[]) => void;
};

export function createApollo<C extends Named>(
  options: GraphqlOptions & { plugins: ApolloServerPlugin<C>[] },
) {
  const { schema, log, production, trusted, onErrors, plugins } = options;
  return new ApolloServer<C>({
    schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: trusted ? { cache: asDocumentCache(trusted), ttl: null } : false,
    parseOptions,
    stringifyResult: (answer) => JSON.stringify(answer),
    validationRules: limitRules,
    validationOptions,
    formatError: production ? formatWithoutHints : formatError,
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      // It is on by default, and wraps every field.
      ApolloServerPluginCacheControlDisabled(),
      reportErrors(log, onErrors),
      ...plugins,
      answerCompiled(schema),
      cachePolicy(schema),
    ],
  });
}

/** Our own faults go to the log as they are, and to the client as an id to quote. */
const reportErrors = <C extends Named>(
  log: Log,
  onErrors: GraphqlOptions['onErrors'],
): ApolloServerPlugin<C> => ({
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue, operationName }) => {
      for (const error of errors) {
        if (!isOurFault(formatError(error.toJSON(), error))) continue;
        log.error({
          err: error.originalError ?? error,
          requestId: contextValue.requestId,
          operationName,
          path: error.path,
        });
      }
    },
    willSendResponse: async ({ response: { body }, contextValue }) => {
      if (body.kind !== 'single' || !body.singleResult.errors) return;
      onErrors(body.singleResult.errors);
      body.singleResult.errors = body.singleResult.errors.map((error) =>
        isOurFault(error)
          ? { ...error, extensions: { ...error.extensions, requestId: contextValue.requestId } }
          : error,
      );
    },
  }),
});

const noHead = { status: undefined, headers: new HeaderMap() };

/** Queries without errors are answered by compiled functions; everything else goes on to graphql-js. */
function answerCompiled<C extends Named>(schema: GraphQLSchema): ApolloServerPlugin<C> {
  const execute = compiledExecution(schema);
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue: context }) => {
        // Apollo Server asks also when the document has no such operation; graphql-js words that.
        if (!operation) return null;
        const singleResult = await execute({
          document,
          operation,
          variables: request.variables ?? {},
          context,
        });
        return singleResult ? { http: noHead, body: { kind: 'single', singleResult } } : null;
      },
    }),
  };
}
