import { element } from '../element.ts';
import { ask, type Caller } from './api.ts';
import { note } from './card.ts';
import LOW_STOCK from './queries/low-stock.graphql?raw';

type LowVariant = {
  sku: string;
  attributes: { name: string; value: string }[];
  inventory: { available: number; reserved: number };
  backorder: boolean;
};
type Low = { product: { name: string } | null; variants: LowVariant[] };
type LowPage = { nodes: Low[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const PAGE = 10;

/** Products with their low variants, and a button for the next ones. */
export async function showLowStock(caller: Caller): Promise<Node[]> {
  const list = element('ul', { class: 'low' });
  const more = element('button', { type: 'button', class: 'more' }, 'Show more');
  let after: string | null = null;
  const load = async () => {
    const asked = { first: PAGE, after };
    const { lowStock } = await ask<{ lowStock: LowPage }>(caller, LOW_STOCK, asked);
    list.append(...lowStock.nodes.map(rowOf));
    after = lowStock.pageInfo.endCursor;
    more.hidden = !lowStock.pageInfo.hasNextPage;
  };
  more.addEventListener('click', () => load().catch((error: Error) => more.replaceWith(note(error.message))));
  await load();
  return list.childElementCount === 0 ? [note('Nothing runs low.')] : [list, more];
}

const rowOf = ({ product, variants }: Low) =>
  element(
    'li',
    {},
    element('span', { class: 'name' }, product?.name ?? 'A product that was deleted'),
    element('ul', {}, ...variants.map(variantRow)),
  );

function variantRow({ sku, attributes, inventory: { available, reserved }, backorder }: LowVariant) {
  const values = attributes.map(({ value }) => value).join(' / ');
  const kept = reserved > 0 ? ` · ${reserved.toLocaleString('en')} reserved` : '';
  return element(
    'li',
    {},
    element('span', {}, values ? `${values} ` : '', element('code', {}, sku)),
    element(
      'span',
      { class: available > 0 ? 'left' : 'left none' },
      `${leftOf(available, backorder)}${kept}`,
    ),
  );
}

function leftOf(available: number, backorder: boolean): string {
  if (available > 0) return `${available.toLocaleString('en')} left`;
  return backorder ? 'None left, sold ahead' : 'Sold out';
}
