import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { context, createContextKey, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { codesOf, isOurFault } from '../graphql/errors.ts';
import type { Executing } from '../http/graphql-route.ts';
import { nameOf } from '../requests/record.ts';

/** The span of the operation that runs: a plugin cannot put itself around an operation, and so only names it. */
const OPERATION = createContextKey('the span of a GraphQL operation');

/** What it executes has a span, of which the plugin says more. */
export const tracedOperations = <C extends BaseContext>(
  tracer: Tracer,
  apollo: Executing<C>,
): Executing<C> => ({
  executeHTTPGraphQLRequest: async (request) => {
    const span = tracer.startSpan('GraphQL operation');
    const within = trace.setSpan(context.active(), span).setValue(OPERATION, span);
    try {
      return await context.with(within, () => apollo.executeHTTPGraphQLRequest(request));
    } finally {
      span.end();
    }
  },
});

/** Names the span of an operation, and says with which codes it failed. Never its text, and no variable. */
export const nameOperations = <C extends BaseContext>(
  tenantOf: (context: C) => string | null,
): ApolloServerPlugin<C> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue, operation, response: { body } }) => {
      const span = context.active().getValue(OPERATION) as Span | undefined;
      if (!span) return;
      if (operation) {
        span.updateName(`${operation.operation} ${nameOf(operation)}`);
        span.setAttribute('graphql.operation.type', operation.operation);
        span.setAttribute('graphql.operation.name', nameOf(operation));
      }
      const tenant = tenantOf(contextValue);
      if (tenant) span.setAttribute('souk.tenant', tenant);
      const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
      if (!errors) return;
      span.setAttribute('souk.error_codes', codesOf(errors));
      if (errors.some(isOurFault)) span.setStatus({ code: SpanStatusCode.ERROR });
    },
  }),
});
