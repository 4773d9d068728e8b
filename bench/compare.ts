import { contestsOf, hold, type Pace } from './contests.ts';
import { pinClients } from './processes.ts';
import { type Outcome, outcomeOf, print, table } from './report.ts';
import { say } from './say.ts';
import { startApi, startFloor, withServer } from './servers.ts';
import { withBenchDatabase } from './shop-database.ts';

type Options = Pace & { products: number; only?: string[]; json: boolean };

/** The API against the floor, contest by contest. */
export const compare = ({ products, only, json, ...pace }: Options) =>
  withBenchDatabase(products, say, (bench) => {
    pinClients(bench.mongod.pid);
    return withServer(startFloor(bench), (floor) =>
      withServer(startApi(bench), async (api) => {
        const outcomes: Outcome[] = [];
        for (const contest of contestsOf(bench, { floor, api })) {
          if (only && !only.some((name) => contest.name.startsWith(name))) continue;
          say(`${contest.name}: ${pace.rounds} rounds of ${pace.seconds} s for each side`);
          outcomes.push(outcomeOf(await hold(contest, bench, pace)));
        }
        const met = outcomes.every((outcome) => outcome.met);
        print(bench, { json, text: table(outcomes), data: { products, outcomes }, met });
      }),
    );
  });
