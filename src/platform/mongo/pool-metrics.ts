import type { MongoClient } from 'mongodb';
import { Gauge, type Registry } from 'prom-client';
import { toldCounter } from '../told-counter.ts';
import { retriesOf } from './transaction.ts';

/** Shows how the connections of this process are used, by what the driver tells of its pools, and what was done again. */
export function watchClient(registry: Registry, client: MongoClient): void {
  const pool = { inUse: 0, waiting: 0 };
  const asked = (change: 1 | -1) => () => {
    pool.waiting += change;
  };
  client.on('connectionCheckOutStarted', asked(1));
  client.on('connectionCheckOutFailed', asked(-1));
  client.on('connectionCheckedOut', () => {
    pool.waiting -= 1;
    pool.inUse += 1;
  });
  client.on('connectionCheckedIn', () => {
    pool.inUse -= 1;
  });
  const registers = [registry];
  new Gauge({
    name: 'mongodb_pool_connections_in_use',
    help: 'Connections to MongoDB on which a command or a transaction of this process is under way',
    registers,
    collect() {
      this.set(pool.inUse);
    },
  });
  new Gauge({
    name: 'mongodb_pool_waiting',
    help: 'Commands of this process that wait for a connection to MongoDB',
    registers,
    collect() {
      this.set(pool.waiting);
    },
  });
  toldCounter(
    {
      name: 'mongodb_transactions_retried_total',
      help: 'Tries of transactions that came after a first one, for others were in the way or MongoDB failed',
      registers,
    },
    () => [{ count: retriesOf(client) }],
  );
}
