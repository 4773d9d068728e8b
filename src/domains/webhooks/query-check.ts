import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { invalid } from '../../platform/errors.ts';
import { requestedCost } from '../../platform/graphql/cost.ts';
import { pricedOnce } from '../../platform/graphql/cost-prices.ts';
import { documentParser } from '../../platform/graphql/parsed-documents.ts';
import { accessOf } from '../../platform/graphql/permissions.ts';
import { LIMITS } from '../../platform/limits/limits.ts';
import type { WebhookEvent } from '../../schema.types.ts';
import { withImplied } from '../auth/permissions.ts';
import { EVENT_TYPES, variablesFor } from './event-types.ts';

const LONGEST_QUERY = 10_000;
const TEXTS = ['ID', 'String'];

type Asked = { query: string; events: readonly WebhookEvent[]; scopes: readonly string[] };
type Checked = { document: DocumentNode; operation: OperationDefinitionNode };

/** Throws what is wrong with a webhook's query: its text, its cost, its variables, or what it may not read. */
export function checkQuery(schema: GraphQLSchema, asked: Asked, production: boolean): void {
  const checked = toolsOf(schema, production).read(asked.query);
  checkVariables(checked, asked.events);
  checkCost(toolsOf(schema, production), checked);
  checkPermissions(schema, checked.document, withImplied(asked.scopes));
}

/** A document that was checked before, ready to be run. */
export const documentOf = (schema: GraphQLSchema, query: string, production: boolean): DocumentNode =>
  toolsOf(schema, production).read(query).document;

type Tools = { read: (query: string) => Checked; priceOf: ReturnType<typeof pricedOnce> };

const made = new WeakMap<GraphQLSchema, Tools>();

/** In production no query asks for the schema itself. */
function toolsOf(schema: GraphQLSchema, production: boolean): Tools {
  const known = made.get(schema);
  if (known) return known;
  const parsed = documentParser(schema, production);
  const tools: Tools = {
    read: (query) => {
      if (query.length > LONGEST_QUERY) throw wrong(`A query has at most ${LONGEST_QUERY} characters`);
      const { document, errors } = parsed(query);
      if (errors) throw wrong(errors.map(({ message }) => message).join(' · '));
      return { document, operation: onlyQuery(document) };
    },
    priceOf: pricedOnce(schema),
  };
  made.set(schema, tools);
  return tools;
}

const wrong = (message: string) => invalid(message, 'input', 'query');

function onlyQuery({ definitions }: DocumentNode): OperationDefinitionNode {
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0)
    throw wrong('A webhook has one operation');
  if (operation.operation !== 'query')
    throw wrong(`A webhook reads: it has a query, not a ${operation.operation}`);
  return operation;
}

function checkVariables({ operation }: Checked, events: readonly WebhookEvent[]) {
  const known = variablesFor(events);
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (!known.includes(name) && !defaultValue)
      throw wrong(
        `No event gives $${name}; ${events.join(' and ')} give ${named(known)}${hint(name, events)}`,
      );
    if (known.includes(name) && !TEXTS.includes(textOf(type)))
      throw wrong(`$${name} is an ID! or a String!, not ${textOf(type)}`);
  }
}

const named = (names: string[]) => names.map((name) => `$${name}`).join(', ');

function hint(name: string, events: readonly WebhookEvent[]): string {
  const giving = events.filter((event) => EVENT_TYPES[event].variables.includes(name));
  return giving.length > 0
    ? `; only ${giving.join(' and ')} give it: make a webhook of its own for them`
    : '';
}

const textOf = (type: TypeNode): string => {
  if (type.kind === Kind.NON_NULL_TYPE) return textOf(type.type);
  return type.kind === Kind.LIST_TYPE ? `[${textOf(type.type)}]` : type.name.value;
};

function checkCost({ priceOf }: Tools, checked: Checked) {
  const cost = requestedCost(priceOf(checked, {}), {});
  if (cost > LIMITS.cost)
    throw wrong(
      `A query may cost ${LIMITS.cost}; this one costs ${cost}: ask for smaller pages or fewer lists`,
    );
}

function checkPermissions(schema: GraphQLSchema, document: DocumentNode, permitted: ReadonlySet<string>) {
  const info = new TypeInfo(schema);
  const missing = new Map<string, string>();
  const look = ({ name: { value: field } }: FieldNode) => {
    for (const type of objectsOf(schema, info.getParentType())) {
      const access = accessOf(type, field);
      if (access && access !== 'public' && !permitted.has(access.permission))
        missing.set(`${type.name}.${field}`, access.permission);
    }
  };
  visit(document, visitWithTypeInfo(info, { Field: look }));
  const [first] = missing;
  if (!first) return;
  throw wrong(`${first[0]} needs the permission ${first[1]}: give it in scopes, or leave the field out`);
}

function objectsOf(schema: GraphQLSchema, parent: GraphQLNamedType | null | undefined) {
  const type = parent && getNamedType(parent);
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? [...schema.getPossibleTypes(type)] : [];
}
