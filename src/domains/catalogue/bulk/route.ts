import type { IncomingMessage } from 'node:http';
import type { Context } from '../../../context.ts';
import { asHttpError } from '../../../platform/http/app-error.ts';
import { HttpError } from '../../../platform/http/body.ts';
import { type Handler, sendJson } from '../../../platform/http/server.ts';
import { receiveUpload } from './upload.ts';

const NDJSON = /^application\/(?:x-)?ndjson\b/i;

/** POST /import/products: one product a line, as a stream of any length; answers the id of the job that imports it. */
export const importRoute =
  (contextOf: (req: IncomingMessage) => Promise<Context>): Handler =>
  async (req, res) => {
    if (req.method !== 'POST') throw new HttpError(405, 'Send the products by POST', { allow: 'POST' });
    if (!NDJSON.test(req.headers['content-type'] ?? '')) {
      throw new HttpError(415, 'Send content-type: application/x-ndjson, with one product a line');
    }
    try {
      const { db, viewer, shop } = await contextOf(req);
      if (!viewer.may('catalogue:write'))
        throw new HttpError(403, 'This needs the permission catalogue:write');
      const { _id, bytes } = await receiveUpload(db, req, shop.settings.currency);
      sendJson(res, 202, { id: _id.toHexString(), bytes });
    } catch (error) {
      throw asHttpError(error);
    }
  };
