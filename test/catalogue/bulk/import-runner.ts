import { runImportJobs } from '../../../src/domains/catalogue/bulk/import-jobs.ts';
import { openDatabase } from '../../../src/platform/mongo/client.ts';

/** A process that imports what waits, for a test to kill: node import-runner.ts URI DATABASE */
const [, , uri = '', name = ''] = process.argv;
const database = await openDatabase({ uri, name, guard: true });
await runImportJobs(database);
await database.close();
