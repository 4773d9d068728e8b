import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import { followStock } from './live-stock.ts';
import { productTile } from './product-tile.ts';
import { askForProducts } from './shop-query.ts';
import { stockLine } from './stock-line.ts';

type Shop = PageSettings['tenants'][number];

const EXPECTED = 4;

/** A shop with its tiles: empty ones at once, so that nothing jumps when the products come. */
export function shopSection({ name, subdomain }: Shop, { playground }: PageSettings) {
  const count = element('p', { class: 'count' }, element('code', {}, `x-tenant: ${subdomain}`));
  const tiles = element('ul', { class: 'tiles', 'aria-busy': 'true' }, ...emptyTiles());
  const link = (slug: string) => `/playground?${new URLSearchParams({ tenant: subdomain, product: slug })}`;

  askForProducts(subdomain)
    .then(({ totalCount, nodes }) => {
      count.append(totalCount === 1 ? 'one product' : `${totalCount} products`);
      const stock = new Map(
        nodes.map((product) => [product.id, stockLine(product.name, product, subdomain)]),
      );
      const shown = nodes.map((product) => {
        const tile = productTile(product, playground ? link(product.slug) : undefined);
        return element('li', {}, tile, stock.get(product.id)?.line ?? '');
      });
      tiles.replaceChildren(...shown);
      if (nodes.length === 0) return tiles.replaceWith(note('Nothing for sale yet.'));
      followStock(subdomain, nodes, (now, moved) => stock.get(now.id)?.show(now, moved));
    })
    .catch((error: Error) => tiles.replaceWith(note(`The products could not be loaded: ${error.message}`)))
    .finally(() => tiles.setAttribute('aria-busy', 'false'));

  const title = element('h2', { id: `shop-${subdomain}` }, name);
  return element(
    'section',
    { class: 'shop', 'aria-labelledby': title.id },
    element('div', { class: 'title' }, title, count),
    tiles,
  );
}

const note = (text: string) => element('p', { class: 'note' }, text);

const emptyTiles = () =>
  Array.from({ length: EXPECTED }, () =>
    element('li', {}, element('div', { class: 'tile empty' }, element('div', { class: 'picture' }))),
  );
