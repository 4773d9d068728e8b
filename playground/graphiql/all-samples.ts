import { readSample, type Sample } from '../samples.ts';

const queries = import.meta.glob<string>('../samples/**/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../samples/**/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const byNumber = new Intl.Collator('en', { numeric: true });
const fileName = (path: string) => path.replace(/^.*\//, '');

/** In the order of the numbers that their files begin with. */
export const samples: Sample[] = Object.entries(queries)
  .sort(([a], [b]) => byNumber.compare(fileName(a), fileName(b)))
  .map(([path, query]) => readSample(path, query, variables[path.replace('.graphql', '.json')]));
