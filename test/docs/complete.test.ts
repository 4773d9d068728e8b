import { expect, it } from 'vitest';
import { configSchema } from '../../src/config.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { collections } from '../../src/domains/registry.ts';
import { readHere } from './markdown.ts';

const model = readHere('docs/data-model.md');

it('names each collection in the data model, and none that is not there', () => {
  const [, list = ''] = model.split('## Collections');
  const told = [...list.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
  const own = collections.map(({ name }) => name.replace(/_\d{4}_\d\d$/, '_YYYY_MM'));
  expect(told.sort()).toEqual([...new Set(own)].sort());
});

it('names each field of a product in the data model', () => {
  const [, product = ''] = model.split('## The product');
  const fields = Object.keys((products.validator as { properties: object }).properties);
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.filter((field) => !product.includes(`\`${field}\``))).toEqual([]);
});

it('says of each setting what it does, once', () => {
  const told = [...readHere('.env.example').matchAll(/^([A-Z_0-9]+)=/gm)].map(([, name]) => name);
  const OF_THE_SYSTEM = ['XDG_CACHE_HOME', 'HOME', 'PATH'];
  expect(told.sort()).toEqual(
    Object.keys(configSchema.shape)
      .filter((name) => !OF_THE_SYSTEM.includes(name))
      .sort(),
  );
});
