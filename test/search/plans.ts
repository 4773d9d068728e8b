import { MongoClient } from 'mongodb';
import { inject } from 'vitest';
import { explain, type Plan, type SentCommand } from '../../bench/plans.ts';
import { commandsOf, testApp } from '../support/app.ts';

export type { Plan };

const CATALOGUE = ['products', 'categories', 'search_vocabulary', 'facet_counts'];

/** The commands that `work` needs on the catalogue. Whose shop it is has a cache of its own, and a life of its own. */
export const catalogueCommands = async (work: () => Promise<unknown>): Promise<SentCommand[]> =>
  (await commandsOf(work)).filter(({ name, command }) => CATALOGUE.includes(command[name]));

/** The plans of a command, and of each pipeline that it joins with $unionWith. */
export async function plansOf(commands: SentCommand[]): Promise<Plan[]> {
  const { database } = await testApp();
  const client = await MongoClient.connect(inject('mongoUri'));
  const db = client.db(database.systemDb('explain the commands of a test').raw.databaseName);
  return explain(db, commands).finally(() => client.close());
}
