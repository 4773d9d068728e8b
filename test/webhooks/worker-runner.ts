import { openDatabase } from '../../src/platform/mongo/client.ts';
import { openWorker } from './workers.ts';

/** A worker in a process of its own, for a test to kill: node worker-runner.ts URI DATABASE */
const [, , uri = '', name = ''] = process.argv;
const database = await openDatabase({ uri, name, guard: true });
const worker = await openWorker({ database, leaseMs: 2_000 });
console.log('begun');
process.once('SIGTERM', async () => {
  await worker.stop();
  await database.close();
  process.disconnect?.();
});
