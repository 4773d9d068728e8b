import { element } from '../element.ts';
import { type Bought, buyOne } from './buy.ts';
import type { Stock } from './shop-query.ts';

/** Long enough to read the number of an order. */
const SHOWN_MS = 6_000;

export type StockLine = { line: HTMLElement; show: (stock: Stock, moved: boolean) => void };

/** How many pieces there are, as it changes, with a button that buys one. */
export function stockLine(name: string, first: Stock, tenant: string): StockLine {
  let stock = first;
  const count = element('span', { class: 'left', 'aria-live': 'polite' }, wordsFor(first));
  const line = element('p', { class: 'stock' }, count);
  const show = (now: Stock, moved: boolean) => {
    stock = now;
    const words = wordsFor(now);
    if (count.textContent === words) return;
    count.textContent = words;
    if (moved) flash(line);
  };
  line.append(buyButton(name, () => buyOne(tenant, stock)));
  return { line, show };
}

const wordsFor = ({ availability: { available } }: Stock) =>
  available > 0 ? `${available.toLocaleString('en')} in stock` : 'Sold out';

function buyButton(name: string, buy: () => Promise<Bought>) {
  const button = element(
    'button',
    { type: 'button', class: 'buy', 'aria-label': `Buy one: ${name}` },
    'Buy one',
  );
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      button.textContent = 'Buying…';
      const { number, paid } = await buy();
      button.textContent = paid ? `Order ${number}, paid` : `Order ${number}`;
    } catch (error) {
      button.textContent = (error as Error).message;
    }
    button.disabled = false;
    setTimeout(() => {
      button.textContent = 'Buy one';
    }, SHOWN_MS);
  });
  return button;
}

/** Begins anew with each change, however quickly they follow each other. */
function flash(line: HTMLElement) {
  line.classList.remove('moved');
  void line.offsetWidth;
  line.classList.add('moved');
}
