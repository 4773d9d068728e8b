import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { AppError, rateLimited } from '../errors.ts';
import type { Account, Budget } from '../limits/budget.ts';
import { LIMITS } from '../limits/limits.ts';
import { actualCost, type PricedField, requestedCost } from './cost.ts';
import type { Variables } from './cost-arguments.ts';
import { pricedOnce } from './cost-prices.ts';
import { asRequestError } from './errors.ts';
import { checkVariables } from './input-limits.ts';

export type Operation = { document: DocumentNode; operation: OperationDefinitionNode; variables: Variables };

type Result = { data?: object | null; errors?: readonly GraphQLFormattedError[] };

/** What a client is told of the cost of its operation, as `extensions.cost`. */
export type CostReport = { requested: number; actual: number; available: number; restoreRate: number };

export type Settle = (result: Result) => CostReport;

/** Lets in operations that their callers can pay for, and settles with what was answered. */
export type CostLimit<C> = {
  /** Throws BAD_USER_INPUT, COST_LIMIT_EXCEEDED or RATE_LIMITED. */
  admit: (operation: Operation, context: C) => Promise<Settle>;
};

export function costLimit<C>(
  schema: GraphQLSchema,
  budget: Budget,
  accountOf: (context: C) => Account,
): CostLimit<C> {
  const priceOf = pricedOnce(schema);
  return {
    admit: async (operation, context) => {
      const { variables } = operation;
      checkVariables(variables);
      const fields = priceOf(operation, variables);
      const requested = requestedCost(fields, variables);
      if (requested > LIMITS.cost) throw tooDear(requested);
      const account = accountOf(context);
      const { allowed, retryAfter } = await budget.pay(account, requested);
      if (!allowed) throw overBudget(requested, budget.available(account), retryAfter);
      return (result) => {
        const actual = chargeFor(result, fields, variables, requested);
        budget.refund(account, requested - actual);
        const { perSecond: restoreRate } = account.bucket;
        return { requested, actual, available: budget.available(account), restoreRate };
      };
    },
  };
}

/** Work that ended in an error may have been done all the same, so nothing is given back for it. */
const chargeFor = (result: Result, fields: PricedField[], variables: Variables, requested: number) =>
  result.errors || !result.data ? requested : actualCost(fields, result.data, variables);

const tooDear = (requested: number) =>
  new AppError(
    'COST_LIMIT_EXCEEDED',
    `An operation may cost ${LIMITS.cost}; this one costs ${requested}: ask for smaller pages or fewer lists in lists`,
    { requested, limit: LIMITS.cost },
  );

function overBudget(requested: number, available: number, retryAfter: number): AppError {
  const { code, message, details } = rateLimited(
    `This operation costs ${requested}, and ${available} of the budget are left; try again in ${retryAfter} s`,
    retryAfter,
  );
  return new AppError(code, message, { ...details, requested, available });
}

/** The same for what Apollo Server answers. */
export const limitCost = <C extends { requestId: string }>(limit: CostLimit<C>): ApolloServerPlugin<C> => ({
  requestDidStart: async () => {
    let settle: Settle | undefined;
    return {
      didResolveOperation: async ({ document, operation, request: { variables = {} }, contextValue }) => {
        if (!operation) return;
        settle = await limit.admit({ document, operation, variables }, contextValue).catch((error) => {
          throw asRequestError(error, contextValue.requestId);
        });
      },
      willSendResponse: async ({ response: { body } }) => {
        if (!settle || body.kind !== 'single') return;
        const { singleResult } = body;
        const extensions = { ...singleResult.extensions, cost: settle(singleResult) };
        body.singleResult = { ...singleResult, extensions };
      },
    };
  },
});
