import { createHash } from 'node:crypto';
import { type ColumnNames, Columns } from '../../catalogue/import/csv-columns.ts';
import { checkShape } from '../../catalogue/import/csv-row-check.ts';
import { type CsvRow, csvRows } from '../../catalogue/import/csv-rows.ts';
import { Faults } from '../../catalogue/import/faults.ts';
import { slugOfHandle } from '../../catalogue/import/handles.ts';
import { type ByteSource, type Fault, shown, UnreadableFile } from '../../catalogue/import/import-source.ts';
import { plainLine, plainText } from '../../catalogue/import/plain-text.ts';
import type { Review } from '../documents.ts';

/** What a file says of a review; which product has the handle, the shop knows. */
export type ReviewDraft = Pick<
  Review,
  'userName' | 'rating' | 'title' | 'comment' | 'status' | 'createdAt'
> & {
  importKey: string;
};

export type StatedReview = {
  kind: 'review';
  line: number;
  column: string;
  slug: string;
  draft: ReviewDraft;
};
export type ReviewItem = StatedReview | { kind: 'refused'; faults: Fault[] };

type Column = 'handle' | 'rating' | 'title' | 'body' | 'name' | 'email' | 'date' | 'state';

const REVIEW_COLUMNS: ColumnNames<Column> = {
  kind: 'a CSV of reviews',
  names: {
    handle: ['product_handle', 'product handle', 'handle'],
    rating: ['rating'],
    title: ['title', 'review_title'],
    body: ['body', 'review', 'review_body'],
    name: ['reviewer_name', 'author', 'name'],
    email: ['reviewer_email', 'email'],
    date: ['review_date', 'created_at', 'date'],
    state: ['state', 'curated', 'status'],
  },
  required: ['handle', 'rating', 'date'],
  hint: (header) => `Its first line is: ${shown(header.join(','))}`,
};

const LONGEST_TITLE = 255;
const LONGEST_NAME = 255;

/** The reviews of a file, as they come; a bad row is refused and the next is read. */
export async function* shopifyReviews(source: ByteSource): AsyncGenerator<ReviewItem> {
  const rows = csvRows(source);
  const header = await rows.next();
  if (header.done) throw new UnreadableFile('The file is empty');
  const columns = new Columns(header.value.cells, REVIEW_COLUMNS);
  for await (const row of rows) {
    if (row.cells.some((cell) => cell.trim() !== '')) yield readReview(row, columns);
  }
}

function readReview(row: CsvRow, columns: Columns<Column>): ReviewItem {
  const handle = columns.cell(row, 'handle');
  const faults = new Faults(shown(handle) || null);
  checkShape(row, columns, 'body', faults);
  if (faults.all.length > 0) return { kind: 'refused', faults: faults.all };
  const reading = { row, columns, faults };
  if (handle === '') fault(reading, 'handle', 'A review needs the handle of its product');
  const draft: ReviewDraft = {
    importKey: importKey(reading),
    rating: readRating(reading),
    title: bounded(reading, 'title', LONGEST_TITLE) || null,
    comment: plainText(columns.cell(row, 'body')) || null,
    userName: bounded(reading, 'name', LONGEST_NAME) || 'Anonymous',
    status: readStatus(reading),
    createdAt: readDate(reading),
  };
  if (faults.all.length > 0) return { kind: 'refused', faults: faults.all };
  const slug = slugOfHandle(handle) ?? handle;
  return { kind: 'review', line: row.line, column: columns.nameOf('handle'), slug, draft };
}

type Reading = { row: CsvRow; columns: Columns<Column>; faults: Faults };

function fault({ row, columns, faults }: Reading, column: Column, reason: string) {
  faults.add(row.line, columns.nameOf(column), reason, columns.cell(row, column));
}

/** What makes a review the same one when the file comes again. The address is part of it, and is stored nowhere else. */
function importKey({ row, columns }: Reading): string {
  const parts = (['handle', 'email', 'date', 'title', 'body'] as const).map((column) =>
    columns.cell(row, column),
  );
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

const RATINGS: Record<string, Review['rating']> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 };

function readRating(reading: Reading): Review['rating'] {
  const rating = RATINGS[reading.columns.cell(reading.row, 'rating').replace(/\.0+$/, '')];
  if (rating === undefined) fault(reading, 'rating', 'A rating is a whole number from 1 to 5');
  return rating ?? 1;
}

function bounded(reading: Reading, column: Column, longest: number): string {
  const text = plainLine(reading.columns.cell(reading.row, column));
  if (text.length > longest)
    fault(reading, column, `The text has ${text.length} characters; at most ${longest} fit`);
  return text;
}

const STATES: Record<string, Review['status']> = {
  '': 'APPROVED',
  published: 'APPROVED',
  approved: 'APPROVED',
  ok: 'APPROVED',
  unpublished: 'PENDING',
  pending: 'PENDING',
  'not-yet': 'PENDING',
  spam: 'REJECTED',
  rejected: 'REJECTED',
};

function readStatus(reading: Reading): Review['status'] {
  const status = STATES[reading.columns.cell(reading.row, 'state').toLowerCase()];
  if (status === undefined) fault(reading, 'state', 'This is none of published, unpublished, spam');
  return status ?? 'PENDING';
}

/** "2025-03-14", or with a time: "2025-03-14 09:30:00 UTC", "2025-03-14T09:30:00+01:00". Without a zone it is UTC. */
const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(UTC|Z|[+-]\d{2}:?\d{2})?)?$/;

function readDate(reading: Reading): Date {
  const [, day = '', time = '00:00:00', zone = 'Z'] =
    DATE.exec(reading.columns.cell(reading.row, 'date')) ?? [];
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const date = new Date(`${day}T${time}${offset}`);
  // 30 February is no day, though Date takes it for one in March.
  const exists = !Number.isNaN(date.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (!exists) fault(reading, 'date', 'This is not a date like 2025-03-14');
  return date;
}
