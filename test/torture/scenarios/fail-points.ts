import type { Document } from 'mongodb';
import { askMongod } from '../../../src/platform/servers/replica-set.ts';
import { figuresOf } from '../figures.ts';
import { type Loaded, seconds, underLoad } from '../load.ts';
import { API_NAME, type Node } from '../node-set.ts';
import type { World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

type Failure = { what: string; failCommands: string[]; how: Document; times: number };

const COMMANDS = {
  update: ['update', 'findAndModify'],
  insert: ['insert'],
  commit: ['commitTransaction'],
};

/** 64 is a write that was done, and of which it is not known that a majority has it; 91 and 112 are done by nobody. */
const FAILURES = {
  'closed connection': { closeConnection: true },
  91: { errorCode: 91 },
  112: { errorCode: 112 },
  64: { writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } },
};

const TIMES = [1, 10];
/** These see most of what can go wrong, each with another kind of command. */
const SHORT = ['update 112 × 10', 'insert 91 × 10', 'commit closed connection × 10', 'commit 64 × 1'];

const about = {
  name: 'fail-points',
  title: 'mongod fails commands',
  // An error that says that the outcome is not known is passed on to who asked; a repeat finds out.
  marks: { errorsAllowed: true as const },
};

export const failPoints: Run = { ...about, done: '', short: true, run };

const all: Failure[] = Object.entries(COMMANDS).flatMap(([command, failCommands]) =>
  Object.entries(FAILURES).flatMap(([failure, how]) =>
    TIMES.map((times) => ({ what: `${command} ${failure} × ${times}`, failCommands, how, times })),
  ),
);

async function run(world: World, { workers, seconds: around, short }: Extent) {
  const failures = all.filter(({ what }) => !short || SHORT.includes(what));
  const loads: Loaded[] = [];
  const unmet: string[] = [];
  for (const failure of failures) {
    let met = 0;
    loads.push(
      await underLoad(world, workers, async () => {
        await seconds(around / 20);
        const primary = await world.set.primary();
        await failAt(primary, failure);
        await seconds(around / 10);
        met = await noMoreFailures(primary);
      }),
    );
    if (met < failure.times) unmet.push(`${failure.what}: ${met}`);
  }
  const done = `${failures.length} ways${unmet.length > 0 ? `, not all met: ${unmet.join(', ')}` : ''}`;
  return figuresOf({ ...about, done }, world, loads);
}

const failAt = ({ port }: Node, { failCommands, how, times }: Failure) =>
  askMongod(port, (admin) =>
    admin.command({
      configureFailPoint: 'failCommand',
      mode: { times },
      data: { failCommands, appName: API_NAME, ...how },
    }),
  );

/** How often a command has failed. */
const noMoreFailures = ({ port }: Node): Promise<number> =>
  askMongod(port, async (admin) => {
    const { count } = await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
    return Number(count);
  });
