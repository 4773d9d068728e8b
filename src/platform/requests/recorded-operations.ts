import type { ApolloServerPlugin } from '@apollo/server';
import { codesOf } from '../graphql/errors.ts';
import { nameOf, type RequestRecord } from './record.ts';

type Recorded = { record?: RequestRecord | undefined };

/** Notes what operation a request was, what it cost and with what errors it ended; behind whoever says the cost. */
export const recordOperations = <C extends Recorded>(): ApolloServerPlugin<C> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue: { record }, operation, response: { body } }) => {
      if (!record) return;
      if (operation) {
        record.operation = nameOf(operation);
        record.kind = operation.operation;
      }
      if (body.kind !== 'single') return;
      const { errors, extensions } = body.singleResult;
      const cost = (extensions?.cost as { actual: number } | undefined)?.actual;
      if (cost !== undefined) record.cost = cost;
      if (errors) record.codes = codesOf(errors);
    },
  }),
});
