import { Gauge, type Registry } from 'prom-client';
import type { Log } from '../../platform/log.ts';
import type { DataCheck } from './check-shops.ts';

/** Shows what the check of the data found last in this process, and logs it. */
export function watchChecks(registry: Registry, log: Log): (found: DataCheck) => void {
  const registers = [registry];
  const problems = new Gauge({
    name: 'check_data_problems',
    help: 'Differences that the last check of the data in this process found, by kind; npm run check-data names them',
    labelNames: ['check'],
    registers,
    aggregator: 'max',
  });
  const last = new Gauge({
    name: 'check_data_last_run_timestamp_seconds',
    help: 'When this process last checked the data; one process does for all, once a day',
    registers,
    aggregator: 'max',
  });
  return ({ at, ...found }) => {
    problems.reset();
    for (const [check, count] of Object.entries(found.differences)) problems.set({ check }, count);
    last.set(at.getTime() / 1_000);
    const isRight = Object.keys(found.differences).length === 0;
    if (isRight) log.info(found, 'the data was checked: all is right');
    else log.error(found, 'the data was checked: npm run check-data names what differs');
  };
}
