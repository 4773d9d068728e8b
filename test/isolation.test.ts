import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { refreshProductDays } from '../src/domains/analytics/product-analytics.ts';
import { products } from '../src/domains/catalogue/collections.ts';
import { refreshVocabulary } from '../src/domains/catalogue/vocabulary.ts';
import { resolvers } from '../src/domains/registry.ts';
import { reviews } from '../src/domains/reviews/collections.ts';
import { refreshSummaries } from '../src/domains/reviews/rating-summary.ts';
import { buildSchema } from '../src/platform/graphql/schema.ts';
import { operationOf } from './auth/arguments.ts';
import { openShop, type Shop, variantDraft } from './support/shop.ts';

const schema = buildSchema(resolvers);
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const LEVELS = 3;

/** Every leaf of a type, and of what hangs on it, as deep as pays; only what asks for no arguments. */
function everythingOf(type: GraphQLOutputType, levels: number): string {
  const named: GraphQLNamedType = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const objects =
    levels > 0 ? fields.filter((field) => !isLeafType(getNamedType(field.type)) && !isConnection(field)) : [];
  const nested = objects.map(({ name, type: inner }) => `${name} ${everythingOf(inner, levels - 1)}`);
  return `{ __typename ${[...leaves, ...nested].join(' ')} }`;
}

const isConnection = ({ name, type }: GraphQLField<unknown, unknown>) =>
  name === 'edges' || getNamedType(type).name.endsWith('Connection');

/** What a query is asked for, beside the least that it needs. */
const ARGUMENTS: Record<string, string[]> = {
  product: ['(slug: "mug")', '(sku: "MUG-1")'],
  category: ['(slug: "home")'],
  products: ['(search: "mug", first: 5)', '(filter: { tagsIn: ["gift"] }, sort: PRICE_ASC, first: 5)'],
  searchSuggestions: ['(prefix: "mu", first: 5)'],
  productAnalytics: ['(from: "2026-01-01", to: "2026-01-03")'],
};

const questionsOf = (field: GraphQLField<unknown, unknown>) =>
  (ARGUMENTS[field.name] ?? ['']).map(
    (given) => `{ ${field.name}${given} ${everythingOf(field.type, LEVELS)} }`,
  );

/** The same products in every shop: nothing but the tenant tells them apart. */
async function fill(shop: Shop, copies: number) {
  const home = await shop.category('Home');
  const at = new Date('2026-01-02T00:00:00Z');
  const made = [];
  for (let i = 0; i < copies; i++) {
    const draft = { sku: `MUG${i || ''}`, slug: i ? `mug-${i}` : 'mug', name: `Mug ${i}`, tags: ['gift'] };
    made.push(
      await shop.product(
        { ...draft, variants: [variantDraft({ sku: `${draft.sku}-1` })] },
        { category: home, at },
      ),
    );
  }
  const [first] = made;
  if (!first) throw new Error('a shop needs a product');
  await shop.db.collection(reviews).insertOne({
    _id: new ObjectId(),
    ...{ productId: first._id, userId: null, userName: 'Ada', rating: 4, title: null, comment: null },
    ...{ status: 'APPROVED', verifiedPurchase: false, helpfulCount: 0, createdAt: at, updatedAt: at },
  });
  await refreshSummaries(shop.db, [first._id]);
  await refreshVocabulary(shop.db);
  await refreshProductDays(shop.db, 'USD');
  const stored = await shop.db.collection(products).findOne({ _id: first._id });
  return { product: first, category: home, stored };
}

describe('two shops on one database', () => {
  let ours: Shop;
  let theirs: Shop;
  let staff: Record<string, string>;
  let foreign: Awaited<ReturnType<typeof fill>>;
  const before = new Map<string, string>();
  const ask = async (query: string) => JSON.stringify((await ours.request(query, {}, staff)).data ?? query);

  beforeAll(async () => {
    ours = await openShop();
    staff = await ours.staff();
    await fill(ours, 2);
    for (const question of queries.flatMap(questionsOf)) before.set(question, await ask(question));
    theirs = await openShop();
    foreign = await fill(theirs, 5);
  });

  it.each(queries.map((field) => [field.name, field] as const))(
    '%s answers the same, whatever the other shop holds',
    async (_, field) => {
      for (const question of questionsOf(field)) expect(await ask(question)).toBe(before.get(question));
    },
  );

  it('finds something in what is asked, so that the comparison says something', () => {
    const answers = [...before.values()].join();
    for (const something of ['"MUG-1"', '"Home"', '"Ada"', '"productCount":2', '"productsCreated":2'])
      expect(answers).toContain(something);
  });

  it.each(
    queries
      .filter(({ args }) => args.some(({ name }) => /id$/i.test(name)))
      .map((field) => [field.name, field] as const),
  )('%s knows the ids of the other shop no better than ids of nothing', async (_, field) => {
    for (const stranger of [foreign.product._id, foreign.category._id]) {
      for (const { name } of field.args.filter((argument) => /id$/i.test(argument.name))) {
        const answer = async (id: string) => {
          const { query, variables } = operationOf('query', field);
          if (name in variables) return ours.request(query, { ...variables, [name]: id }, staff);
          return ours.request(`{ ${field.name}(${name}: "${id}") { __typename } }`, {}, staff);
        };
        const [known, unknown] = [
          await answer(stranger.toHexString()),
          await answer(new ObjectId().toHexString()),
        ];
        expect({ data: known.data, codes: known.errors?.map(({ extensions }) => extensions.code) }).toEqual({
          data: unknown.data,
          codes: unknown.errors?.map(({ extensions }) => extensions.code),
        });
      }
    }
  });

  const namesRecords = mutations.filter((field) =>
    /"\w*[iI]d":/.test(JSON.stringify(operationOf('mutation', field).variables)),
  );

  it.each(namesRecords.map((field) => [field.name, field] as const))(
    '%s does to a record of the other shop what it does to one that is not there: nothing',
    async (_, field) => {
      const owner = (await ours.person('OWNER')).headers;
      const { query, variables } = operationOf('mutation', field);
      const shown = query.replace('{ __typename }', '{ __typename userErrors { code } }');
      const answer = async (id: ObjectId) => {
        const given = JSON.parse(
          JSON.stringify(variables).replaceAll('0123456789abcdef01234567', id.toHexString()),
        );
        const { data, errors } = await ours.request(shown, given, owner);
        return { data, codes: errors?.map(({ extensions }) => extensions.code) };
      };
      for (const stranger of [foreign.product._id, foreign.category._id, foreign.product.variants[0]?._id]) {
        expect(await answer(stranger as ObjectId)).toEqual(await answer(new ObjectId()));
      }
      expect(await theirs.db.collection(products).findOne({ _id: foreign.product._id })).toEqual(
        foreign.stored,
      );
    },
  );

  it('refuses the other shop’s key', async () => {
    const { errors } = await ours.request('{ shop { name } }', {}, await theirs.staff());
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
