import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { getOperationAST, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { describe, expect, it } from 'vitest';
import { readSample } from '../../playground/samples.ts';
import { contract } from '../../src/platform/graphql/schema.ts';

const folder = fileURLToPath(new URL('../../playground/samples', import.meta.url));
const schema = makeExecutableSchema({ typeDefs: contract() });

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const samples = paths
  .filter((path) => path.endsWith('.graphql'))
  .map((path) => {
    const variables = path.replace('.graphql', '.json');
    return readSample(`samples/${path}`, read(path), paths.includes(variables) ? read(variables) : undefined);
  });

describe.each(samples)('sample $id', (sample) => {
  it('is a valid query on the schema, with variables that fit', () => {
    const document = parse(sample.query);
    expect(validate(schema, document)).toEqual([]);
    const definitions = getOperationAST(document)?.variableDefinitions ?? [];
    const given = JSON.parse(sample.variables);
    expect(getVariableValues(schema, definitions, given).errors).toBeUndefined();
    expect(Object.keys(given).sort()).toEqual(definitions.map(({ variable }) => variable.name.value).sort());
  });

  it('says what it is for, in lines that fit beside its answer', () => {
    expect(sample.name).toMatch(/^[A-Z][^.]+$/);
    expect(sample.about).toMatch(/^[A-Z].+\.$/);
    const comment = sample.query.split('\n').filter((line) => line.startsWith('#'));
    expect(Math.max(...comment.map((line) => line.length))).toBeLessThanOrEqual(50);
  });
});
