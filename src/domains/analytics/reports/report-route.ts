import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../../../context.ts';
import { fromSecondaries } from '../../../platform/cache/last-writes.ts';
import { asHttpError } from '../../../platform/http/app-error.ts';
import { HttpError } from '../../../platform/http/body.ts';
import { csvFile } from '../../../platform/http/csv.ts';
import type { Handler } from '../../../platform/http/server.ts';
import { payDownload } from '../../auth/downloads.ts';
import { findReport } from './reports.ts';

/** How long a download may take. */
const DOWNLOAD_MS = 5 * 60_000;
const DOWNLOADS = { size: 30, perSecond: 30 / 60 };

/** GET /export/sales.csv and the others: the shop's figures as a table, for a key or a session that may read them. */
export const reportRoute =
  (contextOf: (req: IncomingMessage) => Promise<Context>): Handler =>
  async (req, res) => {
    if (req.method !== 'GET') throw new HttpError(405, 'Ask for a report by GET', { allow: 'GET' });
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const { name, report } = findReport(pathname);
    try {
      const context = await contextOf(req);
      await refuseOthers(context, report.permission);
      const db = (await fromSecondaries(context)).until(Date.now() + DOWNLOAD_MS);
      const rows = report.rows({ ...context, db }, searchParams);
      const first = await rows.next();
      res.writeHead(200, {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${name}"`,
      });
      await pipeline(Readable.from(csvFile(report.columns, fromFirst(first, rows))), res);
    } catch (error) {
      throw asHttpError(error);
    }
  };

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
