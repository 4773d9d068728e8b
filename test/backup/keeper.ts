import { startBackup } from '../../src/backup-service.ts';
import { readConfig } from '../../src/config.ts';
import { openLocks } from '../../src/platform/jobs/lock.ts';
import { createLog } from '../../src/platform/log.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';

/** A process that keeps a backup until it is killed: node keeper.ts URI DATABASE STORE LOCK_MS. */
const [, , mongodbUri = '', name = '', BACKUP_TO = '', lockMs = ''] = process.argv;
const config = readConfig({ MONGODB_DATABASE: name, BACKUP_TO });
const database = await openDatabase({ uri: mongodbUri, name, guard: false });
const withLock = openLocks(database.systemDb('who keeps the backup'), null);
await startBackup({ config, mongodbUri, log: createLog('silent'), withLock, lockMs: Number(lockMs) });
setInterval(() => {}, 60_000);
