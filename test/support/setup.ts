import { afterAll } from 'vitest';
import { cleanUp } from './mongo.ts';

/** Runs for each test file; what is imported stays, for files of one worker share their modules. */
afterAll(cleanUp);
