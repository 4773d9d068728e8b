import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentHash, type TrustedDocument } from '../../src/platform/graphql/trusted-documents.ts';
import { startTestApp } from '../support/app.ts';
import { runScript } from '../support/run-script.ts';
import { openShop } from '../support/shop.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-documents-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the script on files of a client. */
async function make(name: string, files: Record<string, string>, ...options: string[]) {
  const client = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(client, path)), { recursive: true });
    await writeFile(join(client, path), text);
  }
  const out = join(folder, `${name}.json`);
  const result = await runScript('trusted-documents', ['--out', out, client, ...options], { name });
  const text = await readFile(out, 'utf8').catch(() => null);
  const operations: TrustedDocument[] = text === null ? [] : JSON.parse(text).operations;
  return { ...result, err: result.err.replaceAll(`${client}/`, ''), out, operations };
}

const CLIENT = {
  'shop.graphql': 'query Shop { shop { name } }\nfragment Card on Product { id name }\n',
  'pages/list.tsx': `import { gql } from '@apollo/client';
const SLUG = gql\`fragment Slug on Product { slug }\`;
const LIST = gql\`
  query List($search: String) {
    products(search: $search, first: 2) { nodes { ...Card ...Slug } }
  }
  \${SLUG}
\`;
export const List = <T,>({ of }: { of: T }) => <p>{String(of)}</p>;
`,
  'cart.js': 'export const add = graphql(`mutation Add { cartCreate(input: {}) { cart { id } } }`);\n',
  'node_modules/other/index.js': 'gql`query NotOurs { nothing }`',
};

it('makes a manifest of client code, with which a server answers these operations and no others', async () => {
  const made = await make('client', CLIENT);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.operations.map(({ name, type }) => `${type} ${name}`)).toEqual([
    'mutation Add',
    'query List',
    'query Shop',
  ]);
  for (const { id, body } of made.operations) expect(id).toBe(documentHash(body));
  const list = made.operations[1];
  expect(list?.body).toContain('...Card\n      ...Slug\n      __typename');
  expect(list?.body).toContain('fragment Card on Product {\n  id\n  name\n  __typename\n}');

  const app = await startTestApp({ TRUSTED_DOCUMENTS: made.out, TRUSTED_DOCUMENTS_ONLY: '1' });
  const shop = await openShop({ app });
  await shop.product({ name: 'Lamp', slug: 'lamp' });
  const headers = { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain };
  const ask = async (body: object) => {
    const answer = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, ...JSON.parse(await answer.text()) };
  };
  const variables = { search: 'lamp' };
  const found = await ask({ documentId: `sha256:${list?.id}`, variables });
  expect(found.data.products.nodes[0]).toMatchObject({ name: 'Lamp', slug: 'lamp', __typename: 'Product' });
  const persistedQuery = { version: 1, sha256Hash: list?.id };
  expect(await ask({ extensions: { persistedQuery }, variables })).toEqual(found);
  expect(await ask({ query: '{ shop { name } }' })).toMatchObject({ status: 403 });
}, 60_000);

it('says of each fault where it is, and writes nothing', async () => {
  const made = await make('faulty', {
    'a.ts': `const A = gql\`
  query Wrong {
    shop { nme }
  }
\`;
const B = gql\`query { shop { name } }\`;
const C = gql\`
  query Put { shop { \${fields} } }\`;
`,
    'b.graphql': 'query Wrong { shop { name } }\nquery Lost { products { nodes { ...Nowhere } } }\n',
    'c.graphql': 'query Cut { shop {',
  });
  expect(made.code).toBe(1);
  expect(made.operations).toEqual([]);
  const faults = made.err.trim().split('\n').slice(1).toSorted();
  expect(faults).toEqual([
    'a.ts:3:12: Cannot query field "nme" on type "Shop". Did you mean "name"?',
    'a.ts:6:15: The operation has no name, and clients ask for it by its name',
    expect.stringMatching(/^a\.ts:8:22: A value is put into the operation here: use a variable/),
    expect.stringMatching(/^b\.graphql:1:1: The name Wrong is taken by .*a\.ts:2:3;/),
    'b.graphql:2:36: Unknown fragment "Nowhere".',
    'c.graphql:1:19: Syntax Error: Expected Name, found <EOF>.',
  ]);
});

it('joins manifests as they are, and leaves __typename out when told to', async () => {
  const former = join(folder, 'former.json');
  const body = 'query Former { shop { name } }';
  const operation = { id: documentHash(body), name: 'Former', type: 'query', body };
  await writeFile(
    former,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] }),
  );
  const made = await make('joined', { 'shop.graphql': CLIENT['shop.graphql'] }, former, '--no-typename');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.operations).toContainEqual(operation);
  expect(made.operations.map((one) => one.body)).toContain('query Shop {\n  shop {\n    name\n  }\n}');
});
