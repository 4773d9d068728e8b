import type { CollectionPlan, Step } from '../../src/platform/mongo/collection-plan.ts';
import type { Duplicate } from '../../src/platform/mongo/duplicates.ts';
import type { BuildProgress } from '../../src/platform/mongo/index-build.ts';
import { describeIndex } from '../../src/platform/mongo/index-plan.ts';
import type { CollectionOutcome, Outcome } from '../../src/platform/mongo/indexes.ts';

type Extra = CollectionPlan['extra'][number];

/** "replace sku_1: …", as it is to be done. */
export function stepText(step: Step): string {
  switch (step.action) {
    case 'create':
      return 'create the collection with its validator';
    case 'options':
      return `change ${step.differences.join(' and ')}`;
    case 'build':
      return `build ${describeIndex(step.index)}`;
    case 'alter':
      return `change ${step.existing} in place: it ${step.differences.join(', it ')}`;
    case 'replace':
      return `build ${describeIndex(step.index)} as ${step.as}, then drop ${step.existing}: ${step.differences.join('; ')}`;
    case 'blocked':
      return `${describeIndex(step.index)} is to replace ${step.existing}: ${step.differences.join('; ')}`;
  }
}

const MARKS = { create: '+', build: '+', options: '~', alter: '~', replace: '~', blocked: '✖' };

export const planLines = ({ collection, steps, extra }: CollectionPlan): string[] => [
  ...steps.map((step) => `${MARKS[step.action]} ${collection}: ${stepText(step)}`),
  ...extra.map((index) => extraLine(collection, index)),
];

export const extraLine = (collection: string, index: Extra) =>
  `? ${collection}: ${index.name} ${describeIndex(index)} is declared nowhere; --drop-extra drops it`;

const DONE: Record<string, string> = { create: 'created', change: 'changed', build: 'built' };

export function outcomeLines(collection: string, { failure, ...step }: Outcome): string[] {
  if (!failure)
    return [`✔ ${collection}: ${stepText(step as Step).replace(/^\w+/, (verb) => DONE[verb] ?? verb)}`];
  return [
    `✖ ${collection}: ${stepText(step as Step)}`,
    failure.duplicates.length > 0
      ? '    these values stand in more than one document; change or remove all but one, and run this again:'
      : `    ${failure.reason}`,
    ...failure.duplicates.map((duplicate) => `    ${duplicateText(duplicate)}`),
  ];
}

function duplicateText({ value, count, documents }: Duplicate): string {
  const fields = Object.entries(value).map(([path, part]) => `${path} ${JSON.stringify(part)}`);
  const more = count > documents.length ? ', …' : '';
  return `${fields.join(', ')}: ${count} documents (_id ${documents.join(', ')}${more})`;
}

export function progressText({ collection, indexes, phase, done, total }: BuildProgress): string {
  const part = total > 0 ? ` ${Math.floor((100 * done) / total)} %` : '';
  return `… ${collection}: ${phase}${part} (${indexes.join(', ')})`;
}

/** The same for programs: what was found, what was done, and what is still to do. */
export const asJson = (
  plans: CollectionPlan[],
  results: CollectionOutcome[],
  remaining: CollectionPlan[],
) => ({
  ok: remaining.every(({ steps }) => steps.length === 0),
  collections: plans.map(({ collection, steps, extra }) => ({
    collection,
    planned: steps,
    outcomes: results.find((result) => result.collection === collection)?.outcomes ?? [],
    extra: extra.map(({ name, key }) => ({ name, key })),
    dropped: results.find((result) => result.collection === collection)?.dropped ?? [],
    remaining: remaining.find((plan) => plan.collection === collection)?.steps ?? [],
  })),
});
