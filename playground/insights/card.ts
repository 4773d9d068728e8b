import { element } from '../element.ts';
import { type Caller, download } from './api.ts';

export type Card = {
  section: HTMLElement;
  /** Shows what the work brings, or what stood in its way. Of several at once, the last one counts. */
  fill: (work: () => Promise<(Node | string)[]>) => Promise<void>;
};

export type CardText = { id: string; title: string; about: string };

/** A part of the page with a heading; `csv` is where its rows are had as a file. */
export function card({ id, title, about }: CardText, csv?: () => [Caller, string]): Card {
  const body = element('div', { class: 'body' }, element('p', { class: 'soft' }, 'Asking…'));
  const heading = element('h2', { id: `${id}-title` }, title);
  const head = element('div', { class: 'head' }, heading, ...(csv ? [csvButton(title, csv, body)] : []));
  const text = element('p', { class: 'soft about' }, about);
  const section = element(
    'section',
    { class: 'card', id, 'aria-labelledby': heading.id },
    ...[head, text, body],
  );
  let latest = 0;
  const fill: Card['fill'] = async (work) => {
    latest += 1;
    const mine = latest;
    section.setAttribute('aria-busy', 'true');
    const shown = await work().catch((error: Error) => [note(error.message)]);
    if (mine !== latest) return;
    body.replaceChildren(...shown);
    section.setAttribute('aria-busy', 'false');
  };
  return { section, fill };
}

export const note = (text: string) => element('p', { class: 'note' }, text);

function csvButton(title: string, csv: () => [Caller, string], body: HTMLElement) {
  const button = element('button', { type: 'button', class: 'csv', 'aria-label': `CSV: ${title}` }, 'CSV');
  button.addEventListener('click', async () => {
    button.disabled = true;
    await download(...csv()).catch((error: Error) => body.prepend(note(error.message)));
    button.disabled = false;
  });
  return button;
}
