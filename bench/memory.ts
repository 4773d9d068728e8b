import { apiLoad } from './contests.ts';
import { drive } from './drive.ts';
import { queries } from './operations.ts';
import { pinClients, residentMegabytes } from './processes.ts';
import { aligned, metText, print } from './report.ts';
import { say } from './say.ts';
import { startApi, withServer } from './servers.ts';
import { withBenchDatabase } from './shop-database.ts';

const MOST_MEGABYTES = 250;
/** What the second half of the time may add to what the first half came to. */
const MOST_GROWTH = 1.1;
const CONNECTIONS = 32;

/** What the API holds while it answers as much as it can, all queries in turn, minute by minute. */
export const memory = ({ products, minutes, json }: { products: number; minutes: number; json: boolean }) =>
  withBenchDatabase(products, say, (bench) => {
    pinClients(bench.mongod.pid);
    return withServer(startApi(bench), async (server) => {
      const megabytes = [residentMegabytes(server.pid)];
      for (let minute = 1; minute <= minutes; minute++) {
        for (const operation of queries) {
          const load = apiLoad(operation, bench, CONNECTIONS);
          await drive({ server, load }, 60 / queries.length, bench);
        }
        megabytes.push(residentMegabytes(server.pid));
        say(`minute ${minute}: ${megabytes.at(-1)?.toFixed(0)} MB`);
      }
      const [half = 0, end = 0] = [megabytes[Math.ceil(minutes / 2)], megabytes.at(-1)];
      const marks = [
        { text: `≤ ${MOST_MEGABYTES} MB at the end`, met: end <= MOST_MEGABYTES },
        { text: `≤ ${MOST_GROWTH} × from half of the time to its end`, met: end <= MOST_GROWTH * half },
      ];
      const rows = [
        ['minute', ...megabytes.map((_, minute) => String(minute))],
        ['RSS MB', ...megabytes.map((one) => one.toFixed(0))],
      ];
      const text = [aligned(rows), ...marks.map((mark) => `${metText(mark.met)}: ${mark.text}`)].join('\n\n');
      print(bench, { json, text, data: { megabytes, marks }, met: marks.every(({ met }) => met) });
    });
  });
