import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '../core/errors.js';
import type { ScenarioName } from './scenarios.js';
import type { Target } from './target.js';

export interface K6Options {
  readonly k6: string;
  readonly scenario: ScenarioName;
  readonly target: Target;
  /** Predictions a second of an average day. */
  readonly rate: number;
  readonly timeScale: number;
  /** Whether k6 shows its progress on this terminal. */
  readonly visible: boolean;
}

/** k6 ends so when a threshold was crossed: that is a result, not a failure of the run. */
const THRESHOLD_CROSSED = 99;

export const scriptOf = (scenario: ScenarioName): string =>
  fileURLToPath(new URL(`../tests/load/${scenario}.ts`, import.meta.url));

/**
 * Plays one scenario.
 *
 * @returns k6's end-of-test summary
 * @throws {UnavailableError} if k6 could not run it to its end
 */
export async function runK6(options: K6Options): Promise<unknown> {
  const { k6, scenario, target, visible } = options;
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-load-'));
  const summaryFile = join(folder, 'summary.json');
  try {
    const env = {
      ...process.env,
      ROUTER_URL: target.router,
      CANDIDATE_WEIGHT: String(target.candidateWeight),
      RATE: String(options.rate),
      TIME_SCALE: String(options.timeScale),
      SUMMARY_FILE: summaryFile,
    };
    const args = ['run', '--no-usage-report', ...(visible ? [] : ['--quiet']), scriptOf(scenario)];
    const child = spawn(k6, args, { env, stdio: ['ignore', visible ? 'inherit' : 'ignore', 'pipe'] });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4_000);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0 && code !== THRESHOLD_CROSSED) {
      throw new UnavailableError(`k6 ended with ${code} while it played ${scenario}:\n${errors.trim()}`);
    }
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
