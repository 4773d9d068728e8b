import { openViewCounter } from '../../src/domains/catalogue/popularity/view-counter.ts';
import { createLog } from '../../src/platform/log.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';
import { openRedis, type RedisHandle } from '../../src/platform/redis/client.ts';

/**
 * A process that counts views and is stuck before it says that it has: node view-runner.ts URI DATABASE REDIS. It tells
 * when that is so, and waits to be killed.
 */
const [, , uri = '', name = '', redisUrl = ''] = process.argv;
const database = await openDatabase({ uri, name, guard: true });
const redis = await openRedis(redisUrl, createLog('silent'));
let taken = false;
const stuck: RedisHandle = {
  ...redis,
  run: async (fallback, command) => {
    if (taken) return tellAndWait();
    const answer = await redis.run(fallback, command);
    taken = Array.isArray(answer) && answer.length > 0;
    return answer;
  },
};
const tellAndWait = () => {
  process.stdout.write('counted\n');
  return new Promise<never>(() => {});
};
const views = openViewCounter(stuck, 1);
setInterval(() => {}, 60_000);
for (;;) await views.count(database.systemDb('views in a test'));
