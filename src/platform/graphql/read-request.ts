import { badInput } from '../errors.ts';
import type { LiveRequest } from './live-operations.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** An operation out of what was sent: by its text, or by the hash of a trusted document. */
export function readRequest(sent: Record<string, unknown>, trusted: TrustedDocuments | null): LiveRequest {
  const { operationName, variables, extensions } = sent;
  const query = textIn(sent, extensions, trusted);
  if (operationName != null && typeof operationName !== 'string')
    throw badInput('operationName is a text', 'operationName');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw badInput('variables is a JSON object', 'variables');
  return { query, operationName, variables: variables as Record<string, unknown> | null | undefined };
}

function textIn({ query }: Record<string, unknown>, extensions: unknown, trusted: TrustedDocuments | null) {
  if (typeof query === 'string' && query !== '') return query;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  const text = trusted?.textOf(String(persistedQuery?.sha256Hash));
  if (text === undefined) throw badInput('Send the text of an operation as query', 'query');
  return text;
}
