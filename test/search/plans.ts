import { type Document, MongoClient } from 'mongodb';
import { inject } from 'vitest';
import { commandsOf, type SentCommand, testApp } from '../support/app.ts';

const CATALOGUE = ['products', 'categories', 'search_vocabulary', 'facet_counts'];

/** The commands that `work` needs on the catalogue. Whose shop it is has a cache of its own, and a life of its own. */
export const catalogueCommands = async (work: () => Promise<unknown>): Promise<SentCommand[]> =>
  (await commandsOf(work)).filter(({ name, command }) => CATALOGUE.includes(command[name]));

/** How mongod answered one read of a collection. */
export type Plan = {
  collection: string;
  stages: string[];
  indexes: string[];
  keys: number;
  documents: number;
};

/** The plans of a command, and of each pipeline that it joins with $unionWith. */
export async function plansOf(commands: SentCommand[]): Promise<Plan[]> {
  const { database } = await testApp();
  const client = await MongoClient.connect(inject('mongoUri'));
  const db = client.db(database.systemDb('explain the commands of a test').raw.databaseName);
  const plans: Plan[] = [];
  for (const read of commands.flatMap(readsOf)) {
    const verbosity = 'executionStats';
    const answer = await db.command({ explain: read, verbosity });
    plans.push(planOf(String(read.find ?? read.aggregate), answer));
  }
  await client.close();
  return plans;
}

function readsOf({ name, command }: SentCommand): Document[] {
  if (name === 'find') {
    const { find, filter, sort, projection, limit, hint } = command;
    return [
      {
        find,
        filter,
        ...(sort && { sort }),
        ...(projection && { projection }),
        limit,
        ...(hint && { hint }),
      },
    ];
  }
  const { aggregate, pipeline, hint } = command;
  const unions = pipeline.flatMap((stage: Document) => (stage.$unionWith ? [stage.$unionWith] : []));
  const firstUnion = pipeline.findIndex((stage: Document) => stage.$unionWith);
  const own = firstUnion < 0 ? pipeline : pipeline.slice(0, firstUnion);
  return [
    { aggregate, pipeline: own, cursor: {}, ...(hint && { hint }) },
    ...unions.map((union: Document) => ({ aggregate: union.coll, pipeline: union.pipeline, cursor: {} })),
  ];
}

function planOf(collection: string, answer: Document): Plan {
  const plan: Plan = { collection, stages: [], indexes: [], keys: 0, documents: 0 };
  visit(answer, (node) => {
    if (node.executionStats) {
      plan.keys += Number(node.executionStats.totalKeysExamined);
      plan.documents += Number(node.executionStats.totalDocsExamined);
    }
    if (typeof node.stage === 'string') plan.stages.push(node.stage);
    if (typeof node.indexName === 'string') plan.indexes.push(node.indexName);
    // A stage of the pipeline that no index took over.
    plan.stages.push(...Object.keys(node).filter((key) => key === '$sort'));
  });
  return plan;
}

/** Every part of an explanation but the plans that were not taken, and the command itself. */
function visit(node: unknown, see: (node: Document) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, see);
  else if (typeof node === 'object' && node !== null) {
    see(node);
    const {
      rejectedPlans: _,
      command: __,
      executionStages: ___,
      allPlansExecution: ____,
      ...parts
    } = node as Document;
    for (const part of Object.values(parts)) visit(part, see);
  }
}
