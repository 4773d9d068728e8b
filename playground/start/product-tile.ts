import { element } from '../element.ts';
import type { ShownProduct } from './shop-query.ts';
import { drawTileArt } from './tile-art.ts';

/** `playground` is where a click leads: this product's page as a query; absent where there is no playground. */
export function productTile(product: ShownProduct, playground: string | undefined) {
  const contents = [picture(product), element('h3', {}, product.name), facts(product)];
  return playground
    ? element('a', { class: 'tile', href: playground }, ...contents)
    : element('div', { class: 'tile' }, ...contents);
}

function picture(product: ShownProduct) {
  const frame = element('div', { class: 'picture' }, image(product) ?? drawTileArt(product.name));
  if (isReduced(product)) frame.append(element('span', { class: 'sale' }, 'Sale'));
  return frame;
}

/** Only one of our own: the page makes no request to another host, and its policy would forbid it. */
function image({ media: [first], name }: ShownProduct) {
  if (!first || new URL(first.url, location.href).origin !== location.origin) return undefined;
  const shown = element('img', { src: first.url, alt: first.alt ?? '', loading: 'lazy' });
  shown.addEventListener('error', () => shown.replaceWith(drawTileArt(name)));
  return shown;
}

const isReduced = ({ pricing }: ShownProduct) => pricing.effectivePrice.minor < pricing.basePrice.minor;

function facts(product: ShownProduct) {
  return element('p', { class: 'facts' }, price(product), rating(product));
}

function price(product: ShownProduct) {
  const { min, max } = product.priceRange;
  const shown = element(
    'span',
    { class: 'price' },
    min.minor < max.minor ? `from ${min.formatted}` : min.formatted,
  );
  if (min.minor === max.minor && isReduced(product)) {
    shown.append(' ', element('s', {}, product.pricing.basePrice.formatted));
  }
  return shown;
}

function rating({ reviewSummary: { average, count } }: ShownProduct) {
  if (average === null) return '';
  const spoken = `${average.toFixed(1)} of 5 stars in ${count === 1 ? 'one review' : `${count} reviews`}`;
  return element(
    'span',
    { class: 'rating', role: 'img', 'aria-label': spoken },
    `★ ${average.toFixed(1)} (${count})`,
  );
}
