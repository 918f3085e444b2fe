import v8 from '@vitest/coverage-v8';
import type { CoverageProviderModule } from 'vitest/node';

/** Vitest's V8 coverage, extended to the processes and threads that tests start. */
const coverage: CoverageProviderModule = {
  ...v8,
  startCoverage(options) {
    // set from here on, not at the start: processes and threads of the tests report by themselves, the tests through Vitest
    process.env.NODE_V8_COVERAGE = process.env.INCUMBENT_COVERAGE_OF_PROCESSES;
    return v8.startCoverage?.(options);
  },
  async getProvider() {
    const { WholeCoverageProvider } = await import('./provider.js');
    return new WholeCoverageProvider();
  },
};

export default coverage;
