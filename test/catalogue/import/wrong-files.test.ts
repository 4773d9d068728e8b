import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UnreadableFile } from '../../../src/domains/catalogue/import/import-source.ts';
import { ndjsonProducts } from '../../../src/domains/catalogue/import/ndjson.ts';
import { bytes, mug, outcomeOf, readShopify, shopifyFile } from './sources.ts';

/** Two whole products, of which each test spoils what comes after the first. */
const TEAPOT = mug({ Handle: 'teapot', Title: 'Thé', 'Variant SKU': 'T-1' });
const GOOD = shopifyFile([mug(), TEAPOT]);

async function refusalOf(content: string | Uint8Array) {
  const outcome = await readShopify(content);
  expect(outcome.error).toBeInstanceOf(UnreadableFile);
  const { message, line } = outcome.error as UnreadableFile;
  return { ...outcome, message, line };
}

describe('a file that is something else', () => {
  it.each([
    ['', 'The file is empty'],
    ['\n\n', 'The file is empty'],
    [
      'Just a text\nof two lines',
      'there is no column "Handle" or "URL Handle", "Title", "Variant Price" or "Price"',
    ],
    ['{"handle":"mug"}\n', 'It looks like JSON'],
    ['<!DOCTYPE html><html></html>', 'It looks like a web page'],
    ['Handle;Title;Variant Price\nmug;Mug;12', 'Its cells are not separated by commas'],
    ['Handle\tTitle\tVariant Price\nmug\tMug\t12', 'Its cells are not separated by commas'],
    ['product_handle,rating,title\nmug,5,Good', 'It looks like reviews'],
    ['Handle,Title,SKU,On hand\nmug,Mug,M,4', 'there is no column "Variant Price" or "Price"'],
    ['Handle,Title,Variant Price,TITLE\nmug,Mug,12,x', 'The column "Title" is there twice'],
  ])('gets one clear error: %j', async (content, message) => {
    const refusal = await refusalOf(content);
    expect(refusal.message).toContain(message);
    expect(refusal.products).toEqual([]);
    expect(refusal.faults).toEqual([]);
  });

  it.each([
    ['a spreadsheet', Buffer.from('504b030414000600', 'hex'), 'The file is a spreadsheet or a zip archive'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'The file is an old Excel workbook'],
    ['an archive', gzipSync(GOOD), 'The file is compressed with gzip'],
    ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'The file is in UTF-16, not in UTF-8'],
    [
      'UTF-16 without its mark',
      Buffer.from(GOOD, 'utf16le'),
      'There is a NUL character (byte 2 of the file, on line 1)',
    ],
  ])('is known by its first bytes: %s', async (_, content, message) => {
    expect((await refusalOf(content)).message).toContain(message);
  });
});

describe('a file that goes wrong on its way', () => {
  it('says on which line and byte it is not UTF-8, and keeps the products before', async () => {
    const { message, line, products, faults } = await refusalOf(Buffer.from(GOOD, 'latin1'));
    const byte = Buffer.from(GOOD, 'latin1').indexOf(0xe9) + 1;
    expect(message).toMatch(
      new RegExp(
        `^0xE9 \\(byte ${byte} of the file, on line 3\\) is not UTF-8; in Windows-1252 it would be "é"`,
      ),
    );
    expect(line).toBe(3);
    expect(products).toEqual([]);
    // Its rows may go on after the line that cannot be read.
    expect(faults).toMatchObject([{ line: 2, product: 'mug' }]);
  });

  it('refuses the product in which it was cut, within a quoted cell', async () => {
    const rows = [
      mug(),
      mug({ Handle: 'teapot', 'Variant SKU': 'T-1' }),
      mug({ Handle: 'teapot', Type: 'a, b' }),
    ];
    const content = shopifyFile(rows);
    const { message, line, products, faults } = await refusalOf(content.slice(0, content.lastIndexOf('b"')));
    expect(message).toBe(
      'The file ends inside the quoted cell 7 of the row that begins on line 4: it was cut, or a closing quote is missing',
    );
    expect(line).toBe(4);
    expect(products.map(({ draft }) => draft.slug)).toEqual(['mug']);
    expect(faults).toMatchObject([
      { line: 3, product: 'teapot', reason: 'The file cannot be read to the end of this product' },
    ]);
  });

  it('notices that it was cut within a character', async () => {
    const content = Buffer.from(GOOD);
    const { message } = await refusalOf(content.subarray(0, content.indexOf(0xc3) + 1));
    expect(message).toBe('The file ends in the middle of a character on line 3: it was cut');
  });

  it('stops at a quoted cell that never ends, without holding the file', async () => {
    const content = shopifyFile([mug()]) + '"'.concat('x'.repeat(17 * 1024 * 1024));
    expect((await refusalOf(content)).message).toMatch(/^More than 16 MiB without an end in cell 1/);
  });

  it('passes on the failure of the source itself', async () => {
    async function* failing() {
      yield Buffer.from(GOOD);
      throw new Error('connection lost');
    }
    const { products, faults, error } = await readShopify(failing());
    expect(error).toEqual(new Error('connection lost'));
    expect(products).toHaveLength(1);
    expect(faults).toMatchObject([{ product: 'teapot' }]);
  });
});

describe('a file that is not NDJSON', () => {
  const read = (content: string) => outcomeOf(ndjsonProducts(bytes(content), { currency: 'USD' }));

  it.each([
    ['', 'The file is empty'],
    ['[\n{"sku":"A"}]', 'it is one JSON array: write each element on a line of its own'],
    [GOOD, 'it is not JSON'],
  ])('gets one clear error: %j', async (content, message) => {
    const { error, products, faults } = await read(content);
    expect(error).toBeInstanceOf(UnreadableFile);
    expect((error as UnreadableFile).message).toContain(message);
    expect([products, faults]).toEqual([[], []]);
  });

  it('stops at a line without an end', async () => {
    const { error } = await read(`{"sku":"${'x'.repeat(17 * 1024 * 1024)}`);
    expect((error as UnreadableFile).message).toBe('Line 1 has no end after 16 MiB');
  });
});
