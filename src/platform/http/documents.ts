import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import { HttpError } from './body.ts';

/** By what a client may say which operation it means: its text or the id of a trusted document, or such an id only. */
export type DocumentRules = { trusted: TrustedDocuments | null; trustedOnly: boolean };

type Fields = Record<string, unknown>;

const ID = /^(?:sha256:)?([0-9a-f]{64})$/i;

/** A request with its document named as Apollo Server reads it: `documentId` becomes the extension persistedQuery. */
export function withDocument(fields: Fields, rules: DocumentRules): Fields {
  if (fields.documentId !== undefined) return named(fields);
  if (rules.trustedOnly && typeof fields.query === 'string' && !rules.trusted?.includes(fields.query)) {
    throw new HttpError(
      403,
      'This server answers trusted documents only: send the documentId of one, from the manifest that it was started with',
    );
  }
  return fields;
}

function named({ documentId, ...rest }: Fields): Fields {
  const [, hash] = ID.exec(String(documentId)) ?? [];
  if (!hash)
    throw new HttpError(
      400,
      'A documentId is sha256: and the 64 hex digits of the hash of a trusted document',
    );
  const persistedQuery = { version: 1, sha256Hash: hash.toLowerCase() };
  return { ...rest, extensions: { ...(rest.extensions as object | undefined), persistedQuery } };
}

/** The same for what stands in an address. */
export function searchWithDocument(params: URLSearchParams, rules: DocumentRules): URLSearchParams {
  const documentId = params.get('documentId');
  const query = params.get('query');
  const fields = withDocument(
    { ...(documentId !== null && { documentId }), ...(query !== null && { query }) },
    rules,
  );
  if (fields.extensions === undefined) return params;
  params.delete('documentId');
  params.set('extensions', JSON.stringify(fields.extensions));
  return params;
}
