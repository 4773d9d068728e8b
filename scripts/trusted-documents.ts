import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { buildSchema, type GraphQLSchema, Source } from 'graphql';
import { manifestOf, readTrustedDocuments } from '../src/platform/graphql/trusted-documents.ts';
import { readDocuments } from './support/client-documents.ts';
import { clientFiles, clientSources } from './support/client-sources.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { out: string; schema: string; typename: boolean };

await new Command('npm run trusted-documents --')
  .description(
    'Makes the manifest of trusted documents out of client code: docs/trusted-documents.md shows how clients use it.',
  )
  .argument(
    '<files...>',
    'files, folders or patterns: .graphql, gql`…` and graphql(`…`) in .ts, .tsx, .js and .jsx, and manifests (.json) to join',
  )
  .requiredOption('--out <file>', 'where to write the manifest')
  .option('--schema <file>', 'the contract to check against', schemaFile())
  .option('--no-typename', 'leave __typename out, for clients that do not ask for it')
  .action(makeOrSay)
  .parseAsync();

/** Not by run.ts, which brings the database along: this one is run on every build of a client. */
function makeOrSay(files: string[], options: Options) {
  try {
    makeManifest(files, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.exitCode = 1;
    console.error(`✖ ${error.message}`);
  }
}

function schemaFile() {
  return fileURLToPath(new URL('../schema.graphql', import.meta.url));
}

function makeManifest(named: string[], { out, schema: path, typename }: Options) {
  const schema = buildSchema(readFileSync(path, 'utf8'));
  const files = clientFiles(named);
  const manifests = files.filter((file) => file.endsWith('.json'));
  const sources = files.filter((file) => !file.endsWith('.json')).flatMap(clientSources);
  const read = readDocuments(sources, schema, { typename });
  const joined = manifests.map((file) => readManifest(file, schema));
  const faults = [read, ...joined].flatMap((one) => one.faults);
  if (faults.length > 0) throw new UsageError(`Nothing is written.\n${faults.join('\n')}`);
  const operations = [read, ...joined].flatMap((one) => one.operations);
  if (operations.length === 0) throw new UsageError('There is no operation in these files');
  const unique = [...new Map(operations.map((one) => [one.id, one])).values()];
  writeManifest(out, `${JSON.stringify(manifestOf(unique), null, 2)}\n`);
  console.log(`✔ ${unique.length} operations of ${files.length} files in ${out}`);
}

function writeManifest(out: string, text: string) {
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new UsageError(`${out} cannot be written: ${(error as Error).message}`);
  }
}

/** What another tool made stays as it is, because its clients know it by the hash of exactly this text. */
function readManifest(file: string, schema: GraphQLSchema) {
  const { operations } = trustedManifest(file);
  const faults = operations.flatMap(({ name, body }) => {
    const source = new Source(body, `${file} (${name})`);
    return readDocuments([{ source, gaps: [] }], schema, { typename: false }).faults;
  });
  return { operations, faults };
}

function trustedManifest(file: string) {
  try {
    return readTrustedDocuments(file);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
