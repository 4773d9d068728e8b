import { element } from '../element.ts';
import { daysIn, faultIn, lastDays, type Range } from './range.ts';

const PRESETS = [
  ['7 days', 7],
  ['30 days', 30],
  ['90 days', 90],
  ['12 months', 365],
] as const;

/** Buttons for the usual ranges, and two days for any other; `choose` hears of ranges that can be asked for. */
export function rangePicker(first: Range, choose: (range: Range) => void): HTMLElement {
  let range = first;
  const fault = element('p', { class: 'fault', role: 'alert' });
  const presets = PRESETS.map(([label, days]) => {
    const button = element('button', { type: 'button' }, label);
    button.addEventListener('click', () => take(lastDays(days)));
    return { button, days };
  });
  const [from, to] = [dayInput('From'), dayInput('To')];
  for (const input of [from, to])
    input.addEventListener('change', () => take({ from: from.value, to: to.value }));

  function show() {
    [from.value, to.value] = [range.from, range.to];
    const endsToday = range.to === lastDays(1).to;
    for (const { button, days } of presets)
      button.setAttribute('aria-pressed', String(endsToday && daysIn(range) === days));
  }

  function take(wanted: Range) {
    fault.textContent = faultIn(wanted);
    if (fault.textContent) return;
    range = wanted;
    show();
    choose(range);
  }

  show();
  const usual = element('div', { class: 'presets' }, ...presets.map(({ button }) => button));
  const days = element('div', { class: 'days' }, labelled('From', from), labelled('To', to));
  return element('div', { class: 'range', role: 'group', 'aria-label': 'Days' }, usual, days, fault);
}

const dayInput = (name: string) => element('input', { type: 'date', name: name.toLowerCase() });

const labelled = (text: string, input: HTMLElement) => element('label', {}, text, input);
