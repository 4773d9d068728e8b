import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // Vite would pick graphql's index.mjs for our files while its users in node_modules load index.js: two copies
    // of graphql, which refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files of one worker share what they import, which takes three seconds to load; what a file opens, `atEnd` closes.
    isolate: false,
    // Tests that kill and freeze servers meet a busy machine now and then: in CI a failure has to happen twice.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
