import type { Media } from '../documents.ts';
import type { CsvRow } from './csv-rows.ts';
import { fault, line, type Reading, webAddress, wholeNumber } from './shopify-reading.ts';

const LONGEST_ALT = 1_000;
const MOST_PICTURES = 250;

/** The product's pictures, by their stated position, each once. */
export function galleryOf(reading: Reading, rows: CsvRow[]): Media[] {
  const found = new Map<string, Media>();
  for (const row of rows) {
    const url = webAddress(reading, row, 'imageUrl');
    const position = wholeNumber(reading, row, 'imagePosition') ?? found.size + 1;
    const alt = line(reading, row, 'imageAlt', LONGEST_ALT) || null;
    if (url !== null && !found.has(url)) found.set(url, { url, alt, position });
  }
  if (found.size > MOST_PICTURES && rows[0]) {
    fault(
      reading,
      rows[0],
      'imageUrl',
      `The product has ${found.size} pictures; at most ${MOST_PICTURES} fit`,
    );
  }
  const ordered = [...found.values()].sort((a, b) => a.position - b.position);
  return ordered.map((media, position) => ({ ...media, position }));
}

export function variantMedia(reading: Reading, row: CsvRow): Media[] {
  const url = webAddress(reading, row, 'variantImage');
  return url === null ? [] : [{ url, alt: null, position: 0 }];
}
