import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { tenants } from '../tenants/collections.ts';
import { type TestCharge, testCharges } from './test-charges.ts';
import { SIGNATURE, signTestNotice } from './test-provider.ts';

const BATCH = 100;
const PATIENCE_MS = 5_000;
const AGAIN_MS = 10_000;

/** What the test provider has to tell, told as a real one does: over HTTP, signed. `url` is where the API is reached. */
export async function sendTestNotices(system: SystemDb, url: string): Promise<number> {
  const due = await system
    .collection(testCharges)
    .find<Pick<TestCharge, '_id' | 'tenantId'>>(
      { noticeAt: { $type: 'date', $lte: system.now() }, ...system.here },
      {
        projection: { tenantId: 1 },
        sort: { noticeAt: 1 },
        limit: BATCH,
        ...system.options,
        ...system.because,
      },
    )
    .toArray();
  let sent = 0;
  for (const { _id, tenantId } of due) if (await sendNotice(system, url, _id, tenantId)) sent += 1;
  return sent;
}

async function sendNotice(system: SystemDb, url: string, id: string, tenantId: ObjectId): Promise<boolean> {
  const db = system.forTenant(tenantId);
  // Put off first: of two processes one sends it, and one that is not taken is sent again.
  const again = new Date(system.now().getTime() + AGAIN_MS);
  const charge = await db
    .collection(testCharges)
    .findOneAndUpdate({ _id: id, noticeAt: { $lte: system.now() } }, { $set: { noticeAt: again } });
  const shop = charge && (await system.shared.collection(tenants).findOne({ _id: tenantId }, system.options));
  if (!charge || !shop) return false;
  const body = Buffer.from(JSON.stringify({ chargeId: id }));
  const answer = await fetch(`${url}/payments/test/${shop.subdomain}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', [SIGNATURE]: signTestNotice(db, body, system.now()) },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  if (answer?.status !== 200) return false;
  const left = charge.notices - 1;
  await db
    .collection(testCharges)
    .updateOne({ _id: id }, { $set: { notices: left, noticeAt: left > 0 ? system.now() : null } });
  return true;
}
