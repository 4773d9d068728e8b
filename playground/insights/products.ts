import { ask, type Caller } from './api.ts';
import { type Bar, bars } from './bars.ts';
import { note } from './card.ts';
import BEST_SELLERS from './queries/best-sellers.graphql?raw';
import MOST_VIEWED from './queries/most-viewed.graphql?raw';
import type { Range } from './range.ts';

const DELETED = 'A product that was deleted';

type Seller = { pieces: number; product: { name: string; availability: { available: number } } | null };
type Viewed = { views: number; product: { name: string; soldRecently: number } | null };

export async function showBestSellers(caller: Caller, range: Range): Promise<Node[]> {
  const { bestSellers } = await ask<{ bestSellers: Seller[] }>(caller, BEST_SELLERS, range);
  return bestSellers.length === 0
    ? [note('Nothing was sold in these days.')]
    : [bars(bestSellers.map(sellerBar))];
}

const sellerBar = ({ product, pieces: value }: Seller): Bar => ({
  ...{ name: product?.name ?? DELETED, value, shown: `${value.toLocaleString('en')} sold` },
  detail: product ? leftOf(product.availability.available) : '',
});

const leftOf = (available: number) => (available > 0 ? `${available.toLocaleString('en')} left` : 'Sold out');

export async function showMostViewed(caller: Caller): Promise<Node[]> {
  const { mostViewedProducts } = await ask<{ mostViewedProducts: Viewed[] }>(caller, MOST_VIEWED);
  return mostViewedProducts.length === 0
    ? [note('Nobody has looked yet: product pages say so by productViewed.')]
    : [bars(mostViewedProducts.map(viewedBar))];
}

const viewedBar = ({ views: value, product }: Viewed): Bar => ({
  ...{ name: product?.name ?? DELETED, value },
  ...{ shown: `${value.toLocaleString('en')} ${value === 1 ? 'view' : 'views'}` },
  detail: product ? `${product.soldRecently.toLocaleString('en')} sold` : '',
});
