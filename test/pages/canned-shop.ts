import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLFieldResolver, getNamedType, graphql, isListType, isObjectType, getNullableType } from 'graphql';

const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
export const schema = buildSchema(sdl, { assumeValidSDL: true });

const product = (name: string, price: number, salePrice: number, most = salePrice) => ({
  name,
  slug: name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
  category: { name: 'Kitchen', path: ['Kitchen'] },
  priceRange: { min: money(salePrice), max: money(most) },
  pricing: { basePrice: money(price), effectivePrice: money(salePrice), discounts: [], taxRate: 0.2 },
  reviewSummary: { count: 38, average: 4.62, distribution: [], recent: [] },
  media: [{ url: 'https://images.example/none.jpg', alt: 'x' }],
});
const money = (minor: number) => ({ minor, amount: (minor / 100).toFixed(2), currency: 'GBP', formatted: `£${(minor / 100).toFixed(2)}` });

const nodes = [
  product('Enamel Camp Mug', 1450, 1450),
  product('Storm Lantern', 8900, 6675, 6675),
  product('Cast Iron Skillet', 4900, 4900, 7900),
  product('Waxed Canvas Log Carrier with Leather Handles', 11900, 11900),
];

const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (source, args, _context, info) => {
  const given = source?.[info.fieldName];
  if (given !== undefined) return given;
  if (info.fieldName === 'product') return nodes.find(({ slug }) => slug === args.slug) ?? nodes[0];
  if (info.fieldName === 'nodes') return nodes;
  const type = getNullableType(info.returnType);
  if (isListType(type)) return [];
  const named = getNamedType(type);
  if (isObjectType(named)) return {};
  return { Int: 66, Float: 4.5, Boolean: true }[named.name] ?? null;
};

export const answer = (source: string, variableValues?: Record<string, unknown>, operationName?: string) =>
  graphql({ schema, source, variableValues, operationName, fieldResolver, rootValue: {} });
