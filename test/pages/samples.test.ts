import { getOperationAST, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Sample, sampleHeaders } from '../../playground/samples.ts';
import { resolvers } from '../../src/domains/registry.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { ask } from '../support/shop.ts';
import { startDemoServer } from './demo-server.ts';
import { samples } from './sample-files.ts';

let server: Awaited<ReturnType<typeof startDemoServer>>;

beforeAll(async () => {
  server = await startDemoServer();
  return server.close;
});

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
    const schema = buildSchema(resolvers);
    const document = parse(sample.query);
    expect(validate(schema, document)).toEqual([]);
    const definitions = getOperationAST(document)?.variableDefinitions ?? [];
    const given = JSON.parse(sample.variables);
    expect(getVariableValues(schema, definitions, given).errors).toBeUndefined();
    expect(Object.keys(given).sort()).toEqual(definitions.map(({ variable }) => variable.name.value).sort());
  });

  it('answers with data and without errors in the demo shop', async () => {
    const { status, data, errors } = await run(sample);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    for (const answer of Object.values(data)) expect(answer).not.toBeNull();
    expect(emptyLists(data)).toEqual([]);
  });
});

/** The lists that a sample is about: shown empty, it would show nothing. */
function emptyLists(data: object) {
  return Object.entries(data).flatMap(([name, answer]) => {
    const list = Array.isArray(answer) ? answer : answer.nodes;
    return Array.isArray(list) && list.length === 0 ? [name] : [];
  });
}
