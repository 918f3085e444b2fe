import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { DomainError } from '../core/errors.js';
import { findTool } from '../stack/tools/find-tool.js';
import { keepResult } from './kept-results.js';
import { type LoadResult, toLoadResult } from './load-result.js';
import { runK6 } from './run-k6.js';
import { isScenario, type ScenarioName, scenarios } from './scenarios.js';
import { describeTarget, findRouter } from './target.js';

const config = loadConfig();
const say = (line: string) => process.stdout.write(`${line}\n`);

function between(low: number, high: number) {
  return (text: string) => {
    const value = Number(text);
    if (!(value >= low && value <= high)) throw new InvalidArgumentError(`a number from ${low} to ${high}`);
    return value;
  };
}

function scenarioName(text: string): ScenarioName {
  if (!isScenario(text)) throw new InvalidArgumentError(`one of ${Object.keys(scenarios).join(', ')}`);
  return text;
}

const list = Object.entries(scenarios).map(([name, { what, lasts }]) => `  ${name.padEnd(13)} ${what} (${lasts})`);
const program = new Command('npm run load --')
  .description('Puts a running stack under load with k6 and says whether it held.')
  .argument('<scenario>', 'what to play', scenarioName)
  .option('-r, --rate <n>', 'predictions a second of an average day', between(1, 100_000), 50)
  .option('-t, --time-scale <n>', '0.1 plays it in a tenth of its time', between(0.001, 100), 1)
  .option('--router <url>', 'address of the router (default: that of the running stack)')
  .option('--candidate-weight <share>', 'the share the candidate is to get (default: the router says)', between(0, 1))
  .option('--out <folder>', 'where results are kept (default: load in the home of the stack)')
  .option('--quiet', 'do not show the progress of k6', false)
  .addHelpText('after', `\nScenarios\n${list.join('\n')}\n\nMore: docs/load.md`)
  .parse();
const options = program.opts<{
  rate: number;
  timeScale: number;
  router?: string;
  candidateWeight?: number;
  out?: string;
  quiet: boolean;
}>();

function report(result: LoadResult, page: string): void {
  const { predictions, predictionsPerSecond, medianMs, p95Ms, p99Ms, errorRatio, candidateShare } = result;
  say(`\n${predictions} predictions, ${predictionsPerSecond.toFixed(1)} a second`);
  say(`median ${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`);
  say(`errors ${(errorRatio * 100).toFixed(2)} %, candidate ${((candidateShare ?? 0) * 100).toFixed(1)} %`);
  if (result.limitPerSecond !== null) say(`limit: ${Math.round(result.limitPerSecond)} predictions a second`);
  for (const { metric, rule, ok } of result.thresholds) say(`  ${ok ? '✓' : '✗'} ${metric} ${rule}`);
  say(`\n${result.scenario} ${result.passed ? 'passed' : 'failed'}. All results: ${page}`);
}

try {
  const scenario = program.processedArgs[0] as ScenarioName;
  const router = (options.router ?? findRouter(config.INCUMBENT_HOME, config.ROUTER_PORT)).replace(/\/$/, '');
  const target =
    options.candidateWeight === undefined
      ? await describeTarget(router)
      : { router, candidateWeight: options.candidateWeight };
  const k6 = await findTool('k6', { onProgress: say });
  const startedAt = new Date().toISOString();
  say(`${scenario} against ${router}, candidate weight ${target.candidateWeight * 100} %, k6 ${k6.version}`);
  const summary = await runK6({ ...options, k6: k6.path, scenario, target, visible: !options.quiet });
  const result = toLoadResult(summary, { scenario, startedAt, ...target });
  report(result, keepResult(resolve(options.out ?? join(config.INCUMBENT_HOME, 'load')), result));
  process.exitCode = result.passed ? 0 : 1;
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
