import { element } from '../element.ts';
import { type Caller, download } from './api.ts';

export type Card = {
  section: HTMLElement;
  /** Shows what the work brings, or what stood in its way. Of several at once, the last one counts. */
  fill: (work: () => Promise<(Node | string)[]>) => Promise<void>;
};

export type CardText = { id: string; title: string; about: string };

const FORMATS = { csv: 'CSV', parquet: 'Parquet' } as const;
export type Format = keyof typeof FORMATS;

/** Where rows are had as a file, and by whom. */
export type Rows = { caller: Caller; path: (format: Format) => string };

/** A part of the page with a heading, and buttons for its rows where it has some. */
export function card({ id, title, about }: CardText, rows?: Rows): Card {
  const body = element('div', { class: 'body' }, element('p', { class: 'soft' }, 'Asking…'));
  const heading = element('h2', { id: `${id}-title` }, title);
  const head = element('div', { class: 'head' }, heading, ...(rows ? [files(title, rows, body)] : []));
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

const files = (title: string, rows: Rows, body: HTMLElement) =>
  element(
    'div',
    { class: 'files' },
    ...(['csv', 'parquet'] as const).map((format) => fileButton(title, format, rows, body)),
  );

function fileButton(title: string, format: Format, { caller, path }: Rows, body: HTMLElement) {
  const name = FORMATS[format];
  const label = { 'aria-label': `${name}: ${title}` };
  const button = element('button', { type: 'button', class: 'file', ...label }, name);
  button.addEventListener('click', async () => {
    button.disabled = true;
    await download(caller, path(format)).catch((error: Error) => body.prepend(note(error.message)));
    button.disabled = false;
  });
  return button;
}
