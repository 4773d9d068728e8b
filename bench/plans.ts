import type { Db, Document } from 'mongodb';

/** A command as it went over the wire. */
export type SentCommand = { name: string; command: Document };

/** How mongod answers one read of a collection. */
export type Plan = {
  collection: string;
  stages: string[];
  indexes: string[];
  keys: number;
  documents: number;
};

/** The plans of commands, and of each pipeline that they join with $unionWith; inserts have none. */
export async function explain(db: Db, commands: SentCommand[]): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const read of commands.flatMap(readsOf)) {
    const answer = await db.command({ explain: read, verbosity: 'executionStats' });
    plans.push(planOf(String(read.find ?? read.aggregate ?? read.update), answer));
  }
  return plans;
}

function readsOf({ name, command }: SentCommand): Document[] {
  if (name === 'find') return [parts(command, 'find', 'filter', 'sort', 'projection', 'limit', 'hint')];
  if (name === 'update')
    return command.updates.map((update: Document) => ({ update: command.update, updates: [update] }));
  if (name !== 'aggregate') return [];
  const { aggregate, pipeline } = command;
  const unions = pipeline.flatMap((stage: Document) => (stage.$unionWith ? [stage.$unionWith] : []));
  const firstUnion = pipeline.findIndex((stage: Document) => stage.$unionWith);
  const own = firstUnion < 0 ? pipeline : pipeline.slice(0, firstUnion);
  return [
    { aggregate, pipeline: own, cursor: {}, ...parts(command, 'hint') },
    ...unions.map((union: Document) => ({ aggregate: union.coll, pipeline: union.pipeline, cursor: {} })),
  ];
}

const parts = (command: Document, ...names: string[]): Document =>
  Object.fromEntries(names.filter((name) => name in command).map((name) => [name, command[name]]));

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
      ...others
    } = node as Document;
    for (const part of Object.values(others)) visit(part, see);
  }
}
