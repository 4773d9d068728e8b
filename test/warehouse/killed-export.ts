import { ObjectId } from 'mongodb';
import { exportShop } from '../../src/domains/warehouse/export.ts';
import { TABLES } from '../../src/domains/warehouse/tables.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';
import { openStore } from '../../src/platform/object-store/object-store.ts';

/** Exports a shop in a process of its own, which ends itself as kill -9 does when it has written so many days. */
const [uri = '', name = '', folder = '', tenantId = '', days] = process.argv.slice(2);

let left = Number(days);
const database = await openDatabase({ uri, name, guard: true });
await exportShop(database.tenantDb(new ObjectId(tenantId)), {
  store: openStore(folder),
  tenant: 'demo',
  tables: TABLES,
  onStep: () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
await database.close();
