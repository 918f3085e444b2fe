import { defineConfig } from 'vitest/config';

/** Suites that talk to Postgres, Temporal or S3: they share one set of real services, started once for the run. */
const withServices = ['tests/{activities,adapters,cli,control,inference,workflows,loop}/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['tests/**/*.test.ts', 'projects/*/*.test.ts'],
          exclude: [...withServices, 'tests/e2e/**', 'tests/containers/**'],
        },
      },
      {
        extends: true,
        test: { name: 'services', include: withServices, globalSetup: 'tests/support/global-setup.ts' },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
    ],
    coverage: {
      provider: 'custom',
      customProviderModule: 'scripts/process-coverage/module.ts',
      include: ['{core,workflows,activities,adapters,inference,control,router}/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportOnFailure: true,
      thresholds: { lines: 97, branches: 90 },
    },
  },
});
