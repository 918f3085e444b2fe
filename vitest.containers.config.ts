import { defineConfig } from 'vitest/config';

/** The suite that needs a Docker engine: apart from the others, which run on a machine without one. */
export default defineConfig({
  test: { include: ['tests/containers/**/*.test.ts'], fileParallelism: false, bail: 1, testTimeout: 120_000 },
});
