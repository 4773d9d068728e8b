import { getOperationAST, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { describe, expect, it } from 'vitest';
import { type Sample, sampleHeaders } from '../../playground/samples.ts';
import { resolvers } from '../../src/domains/registry.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { eventually } from '../support/eventually.ts';
import { liveClient } from '../support/live.ts';
import { ask } from '../support/shop.ts';
import type { DemoServer } from './demo-server.ts';
import { samples } from './sample-files.ts';

const schema = buildSchema(resolvers);

function isLive({ query }: Sample): boolean {
  return /^subscription\b/m.test(query);
}

/** The lists that a sample is about: shown empty, it would show nothing. */
function emptyLists(data: object) {
  return Object.entries(data).flatMap(([name, answer]) => {
    const list = Array.isArray(answer) ? answer : answer.nodes;
    return Array.isArray(list) && list.length === 0 ? [name] : [];
  });
}

/** Each sample of the playground, asked of the demo shop. */
export function sampleTests(server: DemoServer) {
  const run = ({ query, variables, ...sample }: Sample) =>
    ask(
      server.url,
      { query, variables: JSON.parse(variables) },
      JSON.parse(sampleHeaders({ query, variables, ...sample }, 'demo', server.apiKey)),
    );

  describe.each(samples)('sample $id', (sample) => {
    it('says what it is for, in lines that fit beside its answer', () => {
      expect(sample.name).toMatch(/^[A-Z][^.]+$/);
      expect(sample.about).toMatch(/^[A-Z].+\.$/);
      const comment = sample.query.split('\n').filter((line) => line.startsWith('#'));
      expect(Math.max(...comment.map((line) => line.length))).toBeLessThanOrEqual(50);
    });

    it('uses all of the variables that it is given, and no others', () => {
      const document = parse(sample.query);
      expect(validate(schema, document)).toEqual([]);
      const definitions = getOperationAST(document)?.variableDefinitions ?? [];
      const given = JSON.parse(sample.variables);
      expect(getVariableValues(schema, definitions, given).errors).toBeUndefined();
      expect(Object.keys(given).sort()).toEqual(
        definitions.map(({ variable }) => variable.name.value).sort(),
      );
    });
  });

  describe.each(samples.filter((sample) => !isLive(sample)))('sample $id', (sample) => {
    it('answers with data and without errors in the demo shop', async () => {
      const { status, data, errors } = await run(sample);
      expect(errors).toBeUndefined();
      expect(status).toBe(200);
      for (const answer of Object.values(data)) expect(answer).not.toBeNull();
      expect(emptyLists(data)).toEqual([]);
    });
  });

  describe.each(samples.filter(isLive))('sample $id', (sample) => {
    it('is told what happens in the demo shop', async () => {
      const live = liveClient(server.url, { params: { 'x-tenant': 'demo' } });
      await live.resumeToken();
      const { told, ended } = live.listen(sample.query, JSON.parse(sample.variables));
      await eventually(async () => {
        await happen();
        return told.length;
      }).toBeGreaterThan(0);
      expect(told[0]?.errors).toBeUndefined();
      expect(ended()).toBeNull();
    });
  });

  async function productId(): Promise<string> {
    const { data } = await ask(
      server.url,
      { query: '{ product(sku: "HP-1002") { id } }' },
      { 'x-tenant': 'demo' },
    );
    return data.product.id;
  }

  /** Stock and a product that change. */
  const happen = async () =>
    ask(
      server.url,
      {
        query: `mutation ($id: ID!) {
        inventoryAdjust(input: { sku: "HP-1002-35QT-SPR", delta: 1, reason: "delivery" }) { userErrors { message } }
        productUpdate(input: { id: $id, tags: ["${Math.random()}"] }) { userErrors { message } }
      }`,
        variables: { id: await productId() },
      },
      { 'x-tenant': 'demo', 'x-api-key': server.apiKey },
    );
}
