import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { type PricedField, priceOperation } from './cost.ts';
import { type Variables, variableDefaults } from './cost-arguments.ts';
import { costHints } from './cost-hints.ts';
import { conditionKey, conditionsOf, withoutConditions } from './execute-conditions.ts';

/** Each variable that decides over a part of an operation doubles how many prices it may need. */
const MOST_CONDITIONS = 4;

type Parsed = { document: DocumentNode; operation: OperationDefinitionNode };

export type PriceOf = (operation: Parsed, variables: Variables) => PricedField[];

/** Prices each operation once, for as long as its document is kept; page sizes are put in each time. */
export function pricedOnce(schema: GraphQLSchema): PriceOf {
  const hints = costHints(schema);
  const priceFields = ({ document, operation }: Parsed) => priceOperation(schema, hints, document, operation);
  const known = new WeakMap<OperationDefinitionNode, (variables: Variables) => PricedField[]>();
  return (asked, variables) => {
    const price = known.get(asked.operation);
    if (price) return price(variables);
    const made = priceByConditions(priceFields, asked);
    known.set(asked.operation, made);
    return made(variables);
  };
}

/** What @skip and @include drop costs nothing; with more of them than are looked at, all of it counts. */
function priceByConditions(priceFields: (operation: Parsed) => PricedField[], asked: Parsed) {
  const names = conditionsOf(asked.document);
  const usual = variableDefaults(asked.operation);
  const known = new Map<string, PricedField[]>();
  return (variables: Variables): PricedField[] => {
    const values = names.length === 0 ? variables : { ...usual, ...variables };
    const choice = names.length > MOST_CONDITIONS ? undefined : conditionKey(names, values);
    const key = choice ?? 'all';
    const priced = known.get(key);
    if (priced) return priced;
    const fields = priceFields(choice === undefined ? asked : reduced(asked, values));
    known.set(key, fields);
    return fields;
  };
}

function reduced({ document: whole, operation }: Parsed, values: Variables): Parsed {
  const document = withoutConditions(whole, values);
  return { document, operation: getOperationAST(document, operation.name?.value) ?? operation };
}
