import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { limitRules, parseOptions, validationOptions } from './limits.ts';

const MOST_DOCUMENTS = 1_000;

export type Parsed =
  | { document: DocumentNode; errors?: never }
  | { document?: never; errors: GraphQLError[] };

/** Parses and validates documents by the rules of all operations, each text once. */
export function documentParser(schema: GraphQLSchema, production: boolean): (text: string) => Parsed {
  const known = new LRUCache<string, Parsed>({ max: MOST_DOCUMENTS });
  const rules = [...specifiedRules, ...limitRules, ...(production ? [NoSchemaIntrospectionCustomRule] : [])];
  const read = (text: string): Parsed => {
    const parsed = parsedOf(text);
    if (parsed instanceof GraphQLError) return { errors: [coded(parsed, 'GRAPHQL_PARSE_FAILED')] };
    const errors = validate(schema, parsed, rules, { ...validationOptions, hideSuggestions: production });
    if (errors.length === 0) return { document: parsed };
    return { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
  };
  return (text) => {
    const found = known.get(text) ?? read(text);
    known.set(text, found);
    return found;
  };
}

function parsedOf(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, parseOptions);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const coded = (error: GraphQLError, code: string) =>
  new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { ...error.extensions, code },
  });
