import { ObjectId } from 'mongodb';
import { archiveOrders } from '../../src/domains/orders/archive/archive-orders.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';

/** Archives a shop's orders in a process of its own, which ends itself as kill -9 does at a step. */
const [uri = '', name = '', tenantId, months, step] = process.argv.slice(2);

const database = await openDatabase({ uri, name, guard: true });
await archiveOrders(database.tenantDb(new ObjectId(tenantId)), {
  months: Number(months),
  onStep: (did) => {
    if (did === step) process.kill(process.pid, 'SIGKILL');
  },
});
await database.close();
