import { element } from '../element.ts';

export type Bar = { name: string; value: number; shown: string; detail: string };

/** Names with bars under them, each as long as its share of the longest: read on any width, by a screen reader as a list. */
export function bars(rows: Bar[]): HTMLElement {
  const most = Math.max(...rows.map(({ value }) => value), 1);
  return element('ol', { class: 'bars' }, ...rows.map((row) => barOf(row, most)));
}

function barOf({ name, value, shown, detail }: Bar, most: number) {
  const fill = element('span', { class: 'fill' });
  fill.style.inlineSize = `${(100 * value) / most}%`;
  return element(
    'li',
    {},
    element('span', { class: 'name' }, name),
    element('span', { class: 'value' }, shown),
    element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
    element('span', { class: 'detail soft' }, detail),
  );
}
