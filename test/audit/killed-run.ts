import { archiveMonth } from '../../src/domains/audit/archive/archive-months.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';

/** Archives a month in a process of its own, which ends itself as kill -9 does when it has done a step so many times. */
const [uri = '', name = '', folder = '', month, step, times] = process.argv.slice(2);

let left = Number(times);
const database = await openDatabase({ uri, name, guard: true });
await archiveMonth(database.systemDb('a run that is killed'), Number(month), {
  folder,
  shops: new Map(),
  onStep: ({ did }) => {
    if (did === step) left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
await database.close();
