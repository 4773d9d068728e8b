import { compile } from 'html-to-text';

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const UNSEEN = ['img', 'script', 'style', 'noscript', 'iframe', 'object', 'svg', 'hr', 'select', 'textarea'];

/** Paragraphs, list items and table rows become lines; links, pictures and scripts leave nothing but their words. */
const htmlToText = compile({
  wordwrap: false,
  // Deeper than any page is written, and shallow enough for the stack.
  limits: { maxDepth: 100, ellipsis: '' },
  selectors: [
    ...UNSEEN.map((selector) => ({ selector, format: 'skip' })),
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'ul', options: { itemPrefix: '• ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
  ],
});

const TAG = /<\/?[a-z][^>]*>/i;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
/** How often some export has encoded what was encoded already. */
const MOST_LAYERS = 4;

/** "HeatTech&trade;" and "HeatTech&amp;trade;" are both "HeatTech™". */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let layer = 0; layer < MOST_LAYERS && decoded.search(ENTITY) !== -1; layer++) {
    const next = decoded.replace(ENTITY, (entity) => htmlToText(entity));
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** One line without entities, control characters and doubled spaces. */
export const plainLine = (text: string) =>
  decodeEntities(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** A description as text: no tag of the HTML is left, its paragraphs and bullets are lines. */
export function plainText(html: string): string {
  let text = html;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    if (TAG.test(text)) text = htmlToText(text);
    text = decodeEntities(text);
    if (!TAG.test(text)) break;
  }
  return tidyLines(text);
}

const CLOSED_BY_OTHERS = /^(?:p|li|td|th|tr|dt|dd|option|thead|tbody|br|hr|img|input|col|wbr)$/i;

/** How deep tags stand in each other; converting takes the square of it. */
export function nestingDepth(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z\d]*)/gi)) {
    if (CLOSED_BY_OTHERS.test(name)) continue;
    depth = Math.max(0, depth + (slash ? -1 : 1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const tidyLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    // Spaces at line ends, no-break spaces and control characters other than the line break.
    .replace(/[^\S\n]*\n/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
