import { type Db, MongoServerError } from 'mongodb';
import { BackupError } from './backup-error.ts';
import { RESTORING } from './database-hash.ts';

const NOT_ALLOWED = 13;

/** Applies to the mark of a restore what an oplog has for documents: a user who may not is found before data are gone. */
export async function refuseWithoutRights(main: Db): Promise<void> {
  const ns = `${main.databaseName}.${RESTORING}`;
  const applyOps = [
    { op: 'i', ns, o: { _id: 0 } },
    { op: 'u', ns, o: { $v: 2, diff: { i: { tried: true } } }, o2: { _id: 0 }, b: true },
    { op: 'd', ns, o: { _id: 0 } },
  ];
  await main
    .admin()
    .command({ applyOps, bypassDocumentValidation: true })
    .catch((error) => {
      if (!(error instanceof MongoServerError) || error.code !== NOT_ALLOWED) throw error;
      throw new BackupError(
        'This user of MongoDB may not apply an oplog: the roles restore and readWriteAnyDatabase allow it. Nothing was changed',
        { cause: error },
      );
    });
}
