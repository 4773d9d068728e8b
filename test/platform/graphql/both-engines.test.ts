import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { resolvers } from '../../../src/domains/registry.ts';
import { compiledExecution, type ExecuteCompiled } from '../../../src/platform/graphql/execute.ts';
import { buildSchema } from '../../../src/platform/graphql/schema.ts';
import { testApp } from '../../support/app.ts';
import { openShop } from '../../support/shop.ts';

const app = await testApp();
const shop = await openShop();
const { slug } = await shop.product({ name: 'Mug' });
const { data } = await shop.request(
  'query ($slug: String!) { product(slug: $slug) { name tags variants { sku inventory { available } } } }',
  { slug },
);
expect(data.product.name).toBe('Mug');
const sound = compiledExecution(buildSchema(resolvers), 1);

/** The compiled engine with a fault, and how many queries it was asked. */
function faulty(spoil: (answer: ExecutionResult) => ExecutionResult) {
  const asked: unknown[] = [];
  const engine: ExecuteCompiled = async (request) => {
    asked.push(request.operation);
    const answer = await sound(request);
    return answer && spoil(answer);
  };
  return { engine, asked };
}

it('asks the queries of a test file again, and is content with an engine that is sound', async () => {
  const { engine, asked } = faulty((answer) => answer);
  await app.queries.replay(app.database, engine);
  expect(asked).toHaveLength(1);
});

it.each<[string, (text: string) => string]>([
  ['another value', (text) => text.replace('"Mug"', '"Cup"')],
  ['a number as a text', (text) => text.replace('"available":10', '"available":"10"')],
  ['a field less', (text) => text.replace('"tags":[],', '')],
  ['null for an empty list', (text) => text.replace('"tags":[]', '"tags":null')],
  ['another order of fields', (text) => text.replace(/"name":"Mug","tags":\[\],/, '"tags":[],"name":"Mug",')],
])('reports an engine that answers %s', async (_, spoil) => {
  const { engine } = faulty((answer) => JSON.parse(spoil(JSON.stringify(answer))));
  await expect(app.queries.replay(app.database, engine)).rejects.toThrow('answers otherwise than graphql-js');
});
