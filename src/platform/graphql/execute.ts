import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledQuery, compileQuery } from './execute-compile.ts';
import { conditionKey, conditionsOf } from './execute-conditions.ts';

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

/** An operation, how often it came, and what was compiled of it for each choice of its conditions. */
type Plan = { seen: number; conditions: string[]; queries: Map<string, CompiledQuery | undefined> };

/**
 * Answers queries by functions that are compiled from them, where the answer is byte for byte that of graphql-js.
 * It leaves to graphql-js what the compiler does otherwise, and each query whose answer has errors: that is run again
 * from the start, which costs little, for look-ups are remembered as long as the execution lasts.
 */
export function compiledExecution(schema: GraphQLSchema, worthCompiling = WORTH_COMPILING): ExecuteCompiled {
  const plans = new LRUCache<OperationDefinitionNode, Plan>({ max: MOST_OPERATIONS });

  function planOf({ document, operation }: QueryRequest): Plan {
    const known = plans.get(operation);
    if (known) return known;
    const plan = { seen: 0, conditions: conditionsOf(document), queries: new Map() };
    plans.set(operation, plan);
    return plan;
  }

  function queryOf(plan: Plan, { document, operation }: QueryRequest, values: Record<string, unknown>) {
    const key = conditionKey(plan.conditions, values);
    if (key === undefined) return undefined;
    if (!plan.queries.has(key)) plan.queries.set(key, compileQuery(schema, document, operation, values));
    return plan.queries.get(key);
  }

  return async (request) => {
    const { operation, variables, context } = request;
    if (operation.operation !== 'query') return undefined;
    const plan = planOf(request);
    if (++plan.seen < worthCompiling || plan.conditions.length > MOST_CONDITIONS) return undefined;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    return coerced && queryOf(plan, request, coerced)?.(context, coerced);
  };
}
