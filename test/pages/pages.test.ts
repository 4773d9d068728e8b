import { describe } from 'vitest';
import { openDemoPages } from './demo-pages.ts';
import { insightsTests } from './insights-tests.ts';
import { playgroundTests } from './playground-tests.ts';
import { sampleTests } from './sample-tests.ts';
import { startPageTests } from './start-page-tests.ts';

/** One server and one browser for all of them: either takes longer to start than most of these tests. */
const pages = await openDemoPages();

describe('the samples', () => sampleTests(pages.server));
describe('the start page', () => startPageTests(pages));
describe('the playground', () => playgroundTests(pages));
describe('the insights', () => insightsTests(pages));
