import { hash } from 'node:crypto';
import { type GraphQLSchema, getOperationAST, parse, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { maxAgeOf } from '../graphql/cache-policy.ts';
import { parseOptions } from '../graphql/limits.ts';

/** A query whose answer anybody may be given, and for how many seconds. */
export type Cacheable = { id: string; maxAge: number };

const MOST_LETTERS = 4_000_000;

/** Says of the text of an operation whether its answer may be kept; each text is looked at once. */
export function cacheableQueries(
  schema: GraphQLSchema,
): (text: string, operationName: string | undefined) => Cacheable | null {
  const known = new LRUCache<string, { query: Cacheable | null }>({
    maxSize: MOST_LETTERS,
    sizeCalculation: (_, key) => key.length + 100,
  });
  return (text, operationName) => {
    const key = operationName === undefined ? text : `${operationName}\n${text}`;
    const found = known.get(key) ?? { query: read(schema, text, operationName) };
    known.set(key, found);
    return found.query;
  };
}

function read(schema: GraphQLSchema, text: string, operationName: string | undefined): Cacheable | null {
  try {
    const document = parse(text, parseOptions);
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'query') return null;
    const maxAge = maxAgeOf(schema, document, operation);
    const printed = `${operationName ?? ''}\n${print(document)}`;
    return maxAge > 0 ? { id: hash('sha256', printed, 'base64url'), maxAge } : null;
  } catch {
    // What is wrong with it, the request is told where it is answered.
    return null;
  }
}
