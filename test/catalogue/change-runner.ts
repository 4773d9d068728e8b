import { ObjectId } from 'mongodb';
import { refreshDueCopies } from '../../src/domains/catalogue/category-copies.ts';
import { updateCategory } from '../../src/domains/catalogue/category-writes.ts';
import { moderateReview } from '../../src/domains/reviews/review-writes.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';

/** A process that makes changes, for a test to kill: node change-runner.ts URI DATABASE TENANT rename|moderate ID … */
const [, , uri = '', name = '', tenant = '', what, ...ids] = process.argv;
const database = await openDatabase({ uri, name, guard: true });
const db = database.tenantDb(new ObjectId(tenant));
console.log('begun');
if (what === 'rename') {
  await db.transaction((tx) => updateCategory(tx, { id: ids[0] ?? '', name: 'Living' }));
  await refreshDueCopies(db);
} else {
  for (const id of ids) await db.transaction((tx) => moderateReview(tx, { id, status: 'APPROVED' }));
}
await database.close();
