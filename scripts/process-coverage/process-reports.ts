import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import type { EncodedSourceMap } from '@jridgewell/trace-mapping';
import { ScriptCounts } from './script-counts.js';
import { bundleName, bundleWorkflows } from './workflow-bundle.js';

/** What Node writes to NODE_V8_COVERAGE when a process or a thread ends. */
interface ProcessReport {
  readonly result: readonly Profiler.ScriptCoverage[];
  readonly 'source-map-cache'?: Readonly<Record<string, CachedMap>>;
}

interface CachedMap {
  readonly lineLengths: readonly number[];
  readonly data: EncodedSourceMap | null;
}

/** The counts of all processes and threads that wrote a report to a folder. Reports are large: each is deleted once it is counted. */
export class ProcessReports {
  readonly #folder: string;
  readonly #isOwn: (url: string) => boolean;
  readonly #scripts = new Map<string, ScriptCounts>();
  #bundles: ReturnType<typeof bundleWorkflows> | null = null;

  /** @param isOwn whether the script at this URL is to be counted */
  constructor(folder: string, isOwn: (url: string) => boolean) {
    this.#folder = folder;
    this.#isOwn = isOwn;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Counts and deletes the reports that are whole; one that is still being written waits for the next call. */
  async countWritten(): Promise<void> {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const report = parse(readFileSync(path, 'utf8'));
      if (report === null) continue;
      rmSync(path, { force: true });
      await this.countScripts(report.result, report['source-map-cache']);
    }
  }

  /** Adds what ran in one process or thread; scripts without a source map are left out. */
  async countScripts(
    result: readonly Profiler.ScriptCoverage[],
    maps: ProcessReport['source-map-cache'] = {},
  ): Promise<void> {
    for (const { url, functions } of result) {
      const known = this.#scripts.get(url) ?? (await this.#read(url, maps[url]));
      known?.add(functions);
    }
  }

  /** Every script that was seen, by the URL of the source files it was made of. */
  scriptsBySource(): Map<string, ScriptCounts[]> {
    const bySource = new Map<string, ScriptCounts[]>();
    for (const script of this.#scripts.values()) {
      for (const source of script.sources()) bySource.set(source, [...(bySource.get(source) ?? []), script]);
    }
    return bySource;
  }

  async #read(url: string, cached: CachedMap | undefined): Promise<ScriptCounts | null> {
    if (bundleName(url) !== null) {
      this.#bundles ??= bundleWorkflows();
      return this.#keep(url, (await this.#bundles).get(bundleName(url) as string));
    }
    return this.#isOwn(url) ? this.#keep(url, cached) : null;
  }

  #keep(url: string, script: CachedMap | undefined): ScriptCounts | null {
    if (!script?.data) return null;
    const counts = new ScriptCounts(script.data, script.lineLengths, url);
    this.#scripts.set(url, counts);
    return counts;
  }

  /** Deletes the folder, with reports that nobody finished. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function parse(text: string): ProcessReport | null {
  try {
    return JSON.parse(text) as ProcessReport;
  } catch {
    return null;
  }
}
