import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import { V8CoverageProvider } from '@vitest/coverage-v8/dist/provider.js';
import type { ReportContext, Vitest } from 'vitest/node';
import { ProcessReports } from './process-reports.js';
import { sampledFunctions } from './sampled-functions.js';
import { bundleName } from './workflow-bundle.js';

/** Steps of the provider below that its types keep to itself. */
interface Conversion {
  createUncoveredFileTransformer(vitest: Vitest): unknown;
  getSources(url: string, transform: unknown): Promise<{ code: string; map?: SourceMapInput }>;
  remapCoverage(url: string, wrapperLength: number, sources: unknown, functions: unknown): Promise<object>;
}

/** Tells the processes of tests where processes and threads of their own should write what ran in them. */
const REPORTS_FOLDER_VARIABLE = 'INCUMBENT_COVERAGE_OF_PROCESSES';

/** Vitest's coverage, which is of the tests' own processes and threads, with that of everything they start. */
export class WholeCoverageProvider extends V8CoverageProvider {
  #reports!: ProcessReports;
  #counting: Promise<void> = Promise.resolve();

  override initialize(vitest: Vitest): void {
    super.initialize(vitest);
    process.env[REPORTS_FOLDER_VARIABLE] = resolve(this.options.reportsDirectory, '.processes');
  }

  override async clean(clean?: boolean): Promise<void> {
    await super.clean(clean);
    this.#reports = new ProcessReports(
      process.env[REPORTS_FOLDER_VARIABLE] as string,
      (url) => url.startsWith('file:') && !url.includes('/node_modules/') && this.isIncluded(fileURLToPath(url)),
    );
  }

  override onAfterSuiteRun(meta: Parameters<V8CoverageProvider['onAfterSuiteRun']>[0]): void {
    super.onAfterSuiteRun(meta);
    const { result = [] } = (meta.coverage ?? {}) as { result?: Parameters<ProcessReports['countScripts']>[0] };
    const replayed = result.filter(({ url }) => bundleName(url) !== null);
    this.#counting = this.#counting.then(async () => {
      await this.#reports.countScripts(replayed);
      await this.#reports.countWritten();
    });
  }

  override async generateCoverage(context: ReportContext) {
    const coverageMap = await super.generateCoverage(context);
    await this.#counting;
    await this.#reports.countWritten();
    this.#reports.remove();
    const conversion = this as unknown as Conversion;
    const transform = conversion.createUncoveredFileTransformer(this.ctx);
    for (const [source, scripts] of this.#reports.scriptsBySource()) {
      if (!source.startsWith('file:') || !this.isIncluded(fileURLToPath(source))) continue;
      const { code, map } = await conversion.getSources(source, transform);
      if (!map) continue;
      const functions = sampledFunctions({ code, map }, source, scripts);
      coverageMap.merge(await conversion.remapCoverage(source, 0, { code, map }, functions));
    }
    return coverageMap;
  }
}
