import { ask, type Caller } from './api.ts';
import { type Bar, bars } from './bars.ts';
import { note } from './card.ts';
import BEST_SELLERS from './queries/best-sellers.graphql?raw';
import MOST_VIEWED from './queries/most-viewed.graphql?raw';

type Seller = { name: string; soldRecently: number; availability: { available: number } };
type Viewed = { views: number; product: { name: string; soldRecently: number } | null };

export async function showBestSellers(caller: Caller): Promise<Node[]> {
  const { products } = await ask<{ products: { nodes: Seller[] } }>(caller, BEST_SELLERS);
  const sold = products.nodes.filter(({ soldRecently }) => soldRecently > 0);
  return sold.length === 0
    ? [note('Nothing was sold in the last 30 days. It is counted every ten minutes.')]
    : [bars(sold.map(sellerBar))];
}

const sellerBar = ({ name, soldRecently: value, availability: { available } }: Seller): Bar => ({
  ...{ name, value, shown: `${value.toLocaleString('en')} sold` },
  detail: available > 0 ? `${available.toLocaleString('en')} left` : 'Sold out',
});

export async function showMostViewed(caller: Caller): Promise<Node[]> {
  const { mostViewedProducts } = await ask<{ mostViewedProducts: Viewed[] }>(caller, MOST_VIEWED);
  return mostViewedProducts.length === 0
    ? [note('Nobody has looked yet: product pages say so by productViewed.')]
    : [bars(mostViewedProducts.map(viewedBar))];
}

const viewedBar = ({ views: value, product }: Viewed): Bar => ({
  ...{ name: product?.name ?? 'A product that was deleted', value },
  ...{ shown: `${value.toLocaleString('en')} ${value === 1 ? 'view' : 'views'}` },
  detail: product ? `${product.soldRecently.toLocaleString('en')} sold` : '',
});
