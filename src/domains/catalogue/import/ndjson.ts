import { z } from 'zod';
import { ClaimedKeys } from './claimed-keys.ts';
import { Faults } from './faults.ts';
import { type ByteSource, type SourceItem, UnreadableFile } from './import-source.ts';
import { statedProduct } from './ndjson-product.ts';
import { ndjsonProduct } from './ndjson-shape.ts';
import { textLines } from './text-lines.ts';

/** The currency of the lines that name none. */
export type NdjsonOptions = { currency: string };

/** The products of a file with one JSON object a line; a bad line is refused and the next is read. */
export async function* ndjsonProducts(
  source: ByteSource,
  { currency }: NdjsonOptions,
): AsyncGenerator<SourceItem> {
  const claimed = new ClaimedKeys();
  let first = true;
  for await (const { number, text } of textLines(source)) {
    if (first) checkStart(text, number);
    first = false;
    const item = readLine(text, number, currency);
    yield item.kind === 'product' ? claimed.claim(item) : item;
  }
  if (first) throw new UnreadableFile('The file is empty');
}

function checkStart(text: string, line: number) {
  const start = text.trimStart()[0];
  if (start === '{') return;
  const hint =
    start === '[' ? 'it is one JSON array: write each element on a line of its own' : 'it is not JSON';
  throw new UnreadableFile(`This is not NDJSON, which has one {…} a line: ${hint}`, line);
}

function readLine(text: string, line: number, currency: string): SourceItem {
  const faults = new Faults(null);
  const value = parseJson(text, line, faults);
  if (value === undefined) return { kind: 'refused', faults: faults.all };
  const result = ndjsonProduct.safeParse(value, { reportInput: true });
  return result.success
    ? statedProduct(result.data, line, currency)
    : refused(value, line, result.error.issues);
}

function parseJson(text: string, line: number, faults: Faults): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    faults.add(line, null, `The line is not JSON: ${error instanceof Error ? error.message : error}`, text);
    return undefined;
  }
}

function refused(value: unknown, line: number, issues: z.core.$ZodIssue[]): SourceItem {
  const faults = new Faults(nameOf(value));
  for (const issue of issues) {
    const path = issue.path.map(String).join('.');
    const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
    faults.add(line, path || null, isMissing ? 'This is missing' : issue.message, inputOf(issue));
  }
  return { kind: 'refused', faults: faults.all };
}

const named = z.object({ slug: z.string().optional(), sku: z.string().optional() });

function nameOf(value: unknown): string | null {
  const { data } = named.safeParse(value);
  return data?.slug ?? data?.sku ?? null;
}

/** The value itself where it is one; a whole object says nothing at a glance. */
function inputOf({ input }: z.core.$ZodIssue): string | null {
  return ['string', 'number', 'boolean'].includes(typeof input) ? String(input) : null;
}
