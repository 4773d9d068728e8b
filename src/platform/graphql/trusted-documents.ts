import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One operation of a client, with the fragments that it needs. */
export type TrustedDocument = {
  id: string;
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  body: string;
};

/** As Apollo's clients write it too, so that either tool makes what the other reads. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string(),
    }),
  ),
});

/** The SHA-256 of a document's text, hex. */
export const documentHash = (text: string) => createHash('sha256').update(text).digest('hex');

export const manifestOf = (operations: TrustedDocument[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

/** The operations that clients were built with. */
export type TrustedDocuments = {
  operations: TrustedDocument[];
  textOf: (hash: string) => string | undefined;
  includes: (text: string) => boolean;
};

/** Reads the manifest, or throws what is wrong with it. */
export function readTrustedDocuments(path: string): TrustedDocuments {
  const parsed = manifestSchema.safeParse(readJson(path));
  if (!parsed.success)
    throw new Error(`${path} is no manifest of trusted documents:\n${z.prettifyError(parsed.error)}`);
  return trustedDocuments(parsed.data.operations, path);
}

export function trustedDocuments(operations: TrustedDocument[], source = 'The manifest'): TrustedDocuments {
  const texts = new Map(operations.map(({ id, body }) => [id, body]));
  for (const { id, name, body } of operations) {
    if (id !== documentHash(body))
      throw new Error(`${source}: the id of ${name} is not the SHA-256 of its body; make the manifest again`);
  }
  const bodies = new Set(texts.values());
  return { operations, textOf: (hash) => texts.get(hash), includes: (text) => bodies.has(text) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The manifest of trusted documents cannot be read: ${path}: ${(error as Error).message}`);
  }
}

/** What Apollo Server looks documents up in; nothing that a client sends is ever kept. */
export const asDocumentCache = ({ textOf }: TrustedDocuments) => ({
  get: async (key: string) => textOf(key.slice(key.indexOf(':') + 1)),
  set: async () => {},
  delete: async () => false,
});
