import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  graphql,
  isListType,
  isObjectType,
} from 'graphql';
import { contract } from '../../src/platform/graphql/schema.ts';

const schema = makeExecutableSchema({ typeDefs: contract() });

const money = (minor: number) => ({ minor, formatted: `£${(minor / 100).toFixed(2)}` });

const product = (name: string, basePrice: number, price: number, highest = price) => ({
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  category: { name: 'Kitchen', path: ['Kitchen'] },
  priceRange: { min: money(price), max: money(highest) },
  pricing: { basePrice: money(basePrice), effectivePrice: money(price), taxRate: 0.2, discounts: [] },
  reviewSummary: { count: 38, average: 4.62, distribution: [], recent: [] },
  media: [{ url: 'https://images.example/none.jpg', alt: 'A photo on another host' }],
});

export const products = [
  product('Enameled Dutch Oven', 1450, 1450),
  product('Storm Lantern', 8900, 6675),
  product('Cast Iron Skillet', 4900, 4900, 7900),
  product('Waxed Canvas Log Carrier', 11900, 11900),
];

/** What a field answers that nothing above gives: something of its type. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> = (
  source,
  args,
  _,
  info,
) => {
  const given = source?.[info.fieldName];
  if (given !== undefined) return given;
  if (info.fieldName === 'nodes') return products;
  if (info.fieldName === 'product') return products.find(({ slug }) => slug === args.slug);
  return isListType(getNullableType(info.returnType)) ? [] : somethingOf(getNamedType(info.returnType));
};

function somethingOf(type: GraphQLNamedType) {
  if (isObjectType(type)) return {};
  const scalars: Record<string, unknown> = { Int: 66, Float: 4.5, Boolean: true, String: 'text' };
  return scalars[type.name];
}

export const answerQuery = (
  source: string,
  variableValues?: Record<string, unknown>,
  operationName?: string,
) => graphql({ schema, source, variableValues, operationName, fieldResolver });
