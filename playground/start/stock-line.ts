import { buyOne } from './buy.ts';
import { element } from './element.ts';
import type { Stock } from './shop-query.ts';

export type StockLine = { line: HTMLElement; show: (stock: Stock, moved: boolean) => void };

/** How many pieces there are, as it changes, with a button that takes one where this server gives a key away for it. */
export function stockLine(name: string, first: Stock, tenant: string, apiKey: string | null): StockLine {
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
  if (apiKey) line.append(buyButton(name, () => buyOne(tenant, apiKey, stock)));
  return { line, show };
}

const wordsFor = ({ availability: { available } }: Stock) =>
  available > 0 ? `${available.toLocaleString('en')} in stock` : 'Sold out';

function buyButton(name: string, buy: () => Promise<void>) {
  const button = element(
    'button',
    { type: 'button', class: 'buy', 'aria-label': `Buy one: ${name}` },
    'Buy one',
  );
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await buy();
      button.textContent = 'Bought';
    } catch (error) {
      button.textContent = (error as Error).message;
    }
    button.disabled = false;
    setTimeout(() => {
      button.textContent = 'Buy one';
    }, 1500);
  });
  return button;
}

/** Begins anew with each change, however quickly they follow each other. */
function flash(line: HTMLElement) {
  line.classList.remove('moved');
  void line.offsetWidth;
  line.classList.add('moved');
}
