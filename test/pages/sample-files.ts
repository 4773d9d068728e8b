import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSample } from '../../playground/samples.ts';

const folder = fileURLToPath(new URL('../../playground/samples', import.meta.url));
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });

const read = (path: string) => readFileSync(join(folder, path), 'utf8');

/** The samples as they lie in their folder. */
export const samples = paths
  .filter((path) => path.endsWith('.graphql'))
  .map((path) => {
    const variables = path.replace('.graphql', '.json');
    return readSample(`samples/${path}`, read(path), paths.includes(variables) ? read(variables) : undefined);
  });
