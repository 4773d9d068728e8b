import { readdirSync } from 'node:fs';
import { type DocumentNode, Kind, parse } from 'graphql';
import { readHere, root } from './markdown.ts';

export type Recipe = { file: string; name: string; text: string; document: DocumentNode };

/** The files of examples/operations: one operation each, and the fragments of all of them. */
export const recipes: Recipe[] = readdirSync(`${root}/examples/operations`).map((file) => {
  const text = readHere(`examples/operations/${file}`);
  return { file, name: file.replace('.graphql', ''), text, document: parse(text) };
});

export const operations = recipes.filter(({ document }) =>
  document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION),
);
