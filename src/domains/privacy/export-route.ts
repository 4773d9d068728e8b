import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { fromSecondaries } from '../../platform/cache/last-writes.ts';
import { asHttpError } from '../../platform/http/app-error.ts';
import { HttpError } from '../../platform/http/body.ts';
import type { Handler } from '../../platform/http/server.ts';
import type { User } from '../auth/collections.ts';
import { payDownload } from '../auth/downloads.ts';
import { findUser, findUserByEmail } from '../auth/users.ts';
import { exportedPerson } from './export.ts';
import { type Person, personOf } from './person.ts';

/** How long a download may take. */
const EXPORT_MS = 10 * 60_000;
const EXPORTS = { size: 10, perSecond: 10 / (15 * 60) };

type Asked = { person: Person; account: User | null };

/**
 * GET /export/customer: all that is held of who is signed in, as a JSON file. The staff (`customers:write`) gives ?id=
 * of an account, to which belongs what was done under its address without one, or ?email= of somebody without one.
 */
export const exportRoute =
  (contextOf: (req: IncomingMessage) => Promise<Context>): Handler =>
  async (req, res) => {
    if (req.method !== 'GET') throw new HttpError(405, 'Ask for an export by GET', { allow: 'GET' });
    const { db, asked } = await askedBy(req, contextOf).catch((error) => {
      throw asHttpError(error);
    });
    const unhurried = db.until(Date.now() + EXPORT_MS);
    res.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="customer.json"',
    });
    await pipeline(Readable.from(exportedPerson(unhurried, asked.person, asked.account)), res);
  };

async function askedBy(req: IncomingMessage, contextOf: (req: IncomingMessage) => Promise<Context>) {
  const context = await contextOf(req);
  const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const asked = await findAsked(context, searchParams.get('id'), searchParams.get('email'));
  await payDownload(context, 'exports', EXPORTS);
  return { db: await fromSecondaries(context), asked };
}

async function findAsked({ db, viewer }: Context, id: string | null, email: string | null): Promise<Asked> {
  if (id === null && email === null) return own(db, viewer);
  if (!viewer.may('customers:write'))
    throw new HttpError(403, 'To export somebody else needs the permission customers:write');
  const account = await (id === null ? findUserByEmail(db, email ?? '') : findById(db, id));
  if (id !== null && !account) throw new HttpError(404, 'There is no account with this id');
  return { account, person: personOf(account?._id ?? null, account?.email ?? email) };
}

async function own(db: Context['db'], { userId }: Context['viewer']): Promise<Asked> {
  const account = userId && (await findUser(db, userId));
  if (!account) throw new HttpError(401, 'Sign in first, or say whom to export: ?id= or ?email=');
  return { account, person: personOf(account._id, null) };
}

const findById = async (db: Context['db'], id: string) =>
  ObjectId.isValid(id) ? findUser(db, new ObjectId(id)) : null;
