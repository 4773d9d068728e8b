import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledQuery, queryCompiler } from './execute-compile.ts';
import { conditionKey, conditionsOf, withoutConditions } from './execute-conditions.ts';
import { isCompilable } from './execute-limits.ts';

const MOST_OPERATIONS = 300;
/** Each variable that decides over a part of the query doubles how many functions it may need. */
const MOST_CONDITIONS = 4;
/** A query that is sent once is not worth the millisecond that compiling it takes. */
const WORTH_COMPILING = 2;

export type QueryRequest = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  context: unknown;
};

/** Undefined where graphql-js has to answer. */
export type ExecuteCompiled = (request: QueryRequest) => Promise<ExecutionResult | undefined>;

/** An operation and how often it came; without a plan where the compiler is of no use for it. */
type Sighted = { seen: number; plan?: Plan | undefined };

type Plan = { conditions: string[]; queries: Map<string, CompiledQuery | undefined> };

/**
 * Answers queries by functions that are compiled from them, where the answer is byte for byte that of graphql-js.
 * It leaves to graphql-js what the compiler does otherwise, and each query whose answer has errors: that is run again
 * from the start, which costs little, for look-ups are remembered as long as the execution lasts.
 */
export function compiledExecution(schema: GraphQLSchema, worthCompiling = WORTH_COMPILING): ExecuteCompiled {
  const compile = queryCompiler(schema);
  const plans = new LRUCache<OperationDefinitionNode, Sighted>({ max: MOST_OPERATIONS });

  function planOf({ document, operation }: QueryRequest): Plan | undefined {
    const known: Sighted = plans.get(operation) ?? { seen: 0 };
    if (known.seen++ === 0) plans.set(operation, known);
    if (known.seen === worthCompiling) known.plan = newPlan(document, operation);
    return known.plan;
  }

  function newPlan(document: DocumentNode, operation: OperationDefinitionNode): Plan | undefined {
    const conditions = conditionsOf(document);
    if (conditions.length > MOST_CONDITIONS || !isCompilable(schema, document, operation)) return undefined;
    return { conditions, queries: new Map() };
  }

  function queryOf(plan: Plan, { document, operation }: QueryRequest, values: Record<string, unknown>) {
    const key = conditionKey(plan.conditions, values);
    if (key === undefined) return undefined;
    if (!plan.queries.has(key))
      plan.queries.set(key, compile(withoutConditions(document, values), operation));
    return plan.queries.get(key);
  }

  return async (request) => {
    const { operation, variables, context } = request;
    const plan = operation.operation === 'query' ? planOf(request) : undefined;
    if (!plan) return undefined;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    const query = coerced && queryOf(plan, request, coerced);
    if (!query) return undefined;
    const result = await query(undefined, context, coerced);
    return result.errors ? undefined : result;
  };
}
