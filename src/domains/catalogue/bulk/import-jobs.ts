import type { ObjectId } from 'mongodb';
import type { Database } from '../../../platform/mongo/client.ts';
import { noOrigin } from '../../../platform/mongo/scope.ts';
import type { SystemDb } from '../../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import type { Tenant } from '../../tenants/collections.ts';
import { limitsOf } from '../../tenants/plans.ts';
import { findTenantById } from '../../tenants/tenants.ts';
import { importProducts } from '../import/import-products.ts';
import type { ImportReport } from '../import/import-report.ts';
import { ndjsonProducts } from '../import/ndjson.ts';
import { findId } from '../products.ts';
import { type ImportJob, importChunks, importJobs } from './collections.ts';
import { uploadedBytes } from './upload.ts';

const LEASE_MS = 60_000;
const TOLD_EVERY_MS = 1_000;
const MOST_DUE = 20;

export const findImportJob = async (db: TenantDb, id: string): Promise<ImportJob | null> => {
  const _id = findId(id);
  return _id && db.collection(importJobs).findOne({ _id });
};

/** Imports what waits, and what a runner left that no longer lives; repeating an import does only the rest of it. */
export async function runImportJobs(database: Database): Promise<void> {
  for (const system of database.systemDbs('uploaded imports of all shops')) await runJobsOf(database, system);
}

async function runJobsOf(database: Database, system: SystemDb): Promise<void> {
  const due = await system
    .collection(importJobs)
    .find(
      { ...dueAt(system.now()), ...system.here },
      { projection: { tenantId: 1 }, limit: MOST_DUE, ...system.because },
    )
    .toArray();
  for (const { _id, tenantId } of due) {
    const shop = await findTenantById(system.shared, tenantId);
    if (shop) await runImportJob(database, shop, _id);
  }
}

const dueAt = (now: Date) => ({
  state: { $in: ['WAITING' as const, 'RUNNING' as const] },
  $or: [{ leasedUntil: null }, { leasedUntil: { $lt: now } }],
});

/** Runs one job, unless another runner has it. */
async function runImportJob(database: Database, shop: Tenant, _id: ObjectId): Promise<void> {
  const jobs = database.tenantDb(shop._id).collection(importJobs);
  const now = database.tenantDb(shop._id).now();
  const taken = { state: 'RUNNING' as const, leasedUntil: leaseEnd(now) };
  const job = await jobs.findOneAndUpdate({ _id, ...dueAt(now) }, { $set: taken });
  if (!job) return;
  const db = database.tenantDb(shop._id, {
    deadline: Number.MAX_SAFE_INTEGER,
    origin: { ...noOrigin, actor: job.actor },
  });
  const report = await importProducts(
    db,
    ndjsonProducts(uploadedBytes(db, _id), { currency: job.currency }),
    {
      mostProducts: limitsOf(shop.plan).products,
      onProgress: everySecond((counts) => tellProgress(db, _id, counts)),
    },
  );
  await finish(db, _id, report);
}

function everySecond<A>(tell: (latest: A) => void): (latest: A) => void {
  let told = 0;
  return (latest) => {
    if (Date.now() - told < TOLD_EVERY_MS) return;
    told = Date.now();
    tell(latest);
  };
}

/** What is lost of it is told again a second later, and the lease outlasts that. */
function tellProgress(db: TenantDb, _id: ObjectId, counts: ImportJob['counts']): void {
  const $set = { counts: { ...counts }, leasedUntil: leaseEnd(db.now()) };
  void db
    .collection(importJobs)
    .updateOne({ _id, state: 'RUNNING' }, { $set })
    .catch(() => {});
}

async function finish(db: TenantDb, _id: ObjectId, report: ImportReport): Promise<void> {
  const { counts, faults, faultCount, stopped } = report;
  const place = stopped?.line == null ? '' : ` (line ${stopped.line})`;
  const $set = {
    state: stopped ? ('FAILED' as const) : ('DONE' as const),
    failure: stopped && `${stopped.reason}${place}`,
    ...{ counts, faults, faultCount },
    leasedUntil: null,
    finishedAt: db.now(),
  };
  await db.collection(importJobs).updateOne({ _id }, { $set });
  await db.collection(importChunks).deleteMany({ jobId: _id });
}

const leaseEnd = (now: Date) => new Date(now.getTime() + LEASE_MS);
