import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../../../context.ts';
import { fromSecondaries } from '../../../platform/cache/last-writes.ts';
import { asHttpError } from '../../../platform/http/app-error.ts';
import { HttpError } from '../../../platform/http/body.ts';
import { type Cell, csvFile } from '../../../platform/http/csv.ts';
import { parquetFile } from '../../../platform/http/parquet.ts';
import type { Handler } from '../../../platform/http/server.ts';
import { payDownload } from '../../auth/downloads.ts';
import { type Format, findReport, type Report } from './reports.ts';

/** How long a download may take. */
const DOWNLOAD_MS = 5 * 60_000;
const DOWNLOADS = { size: 30, perSecond: 30 / 60 };

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
};

/** GET /export/sales.csv, sales.parquet and the others: the shop's figures as a table, for a key or a session that may read them. */
export const reportRoute =
  (contextOf: (req: IncomingMessage) => Promise<Context>): Handler =>
  async (req, res) => {
    if (req.method !== 'GET') throw new HttpError(405, 'Ask for a report by GET', { allow: 'GET' });
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const { file, report, format } = findReport(pathname);
    try {
      const context = await contextOf(req);
      await refuseOthers(context, report.permission);
      const db = (await fromSecondaries(context)).until(Date.now() + DOWNLOAD_MS);
      const rows = report.rows({ ...context, db }, searchParams);
      const first = await rows.next();
      res.writeHead(200, {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="${file}"`,
      });
      await pipeline(Readable.from(contentOf(report, format, fromFirst(first, rows))), res);
    } catch (error) {
      throw asHttpError(error);
    }
  };

function contentOf({ columns }: Report, format: Format, rows: AsyncGenerator<readonly Cell[], void>) {
  if (format === 'parquet') return parquetFile(columns, rows);
  return csvFile(
    columns.map(([name]) => name),
    rows,
  );
}

/** What is wrong with the question shows at the first row, while another status can still be answered. */
async function* fromFirst<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void>) {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

async function refuseOthers(context: Context, permission: string): Promise<void> {
  const { viewer } = context;
  if (viewer.kind === 'shopper') throw new HttpError(401, 'Send a staff key in x-api-key, or sign in');
  if (!viewer.may(permission)) throw new HttpError(403, `This report needs the permission ${permission}`);
  await payDownload(context, 'reports', DOWNLOADS);
}
