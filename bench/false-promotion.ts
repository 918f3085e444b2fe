import { mkdirSync, writeFileSync } from 'node:fs';
import { simulateAll } from './false-promotion/pool.js';
import { scenarios } from './false-promotion/scenarios.js';
import { formatTable, tally } from './false-promotion/tally.js';

const RESULTS = new URL('./results/false-promotion.json', import.meta.url);

/**
 * How often each policy promotes a candidate that is no better, misses one that is, and lets a worse one stay: simulated weeks of
 * hourly looks, the same weeks for every run. Weeks per scenario: FALSE_PROMOTION_WEEKS, default 1000 (a minute or two).
 *
 * @returns the largest share of weeks in which the evidence policy promoted a candidate that was no better
 */
export async function run(): Promise<number> {
  const weeks = Number(process.env.FALSE_PROMOTION_WEEKS ?? 1000);
  if (!Number.isInteger(weeks) || weeks < 1)
    throw new Error(`FALSE_PROMOTION_WEEKS must be a whole number, got ${weeks}`);
  const started = performance.now();
  const outcomes = await simulateAll(weeks);
  const tallies = scenarios.map((scenario, i) => tally(scenario, outcomes[i]!));
  const seconds = (performance.now() - started) / 1000;

  const none = tallies.filter((t) => t.effect === 0);
  const ratio = Math.max(...none.map((t) => t.evidence.promoted));
  const ruleRatio = Math.max(...none.map((t) => t.rule.promoted));
  const testedRatio = Math.max(...none.map((t) => t.tested.promoted));
  mkdirSync(new URL('.', RESULTS), { recursive: true });
  writeFileSync(
    RESULTS,
    `${JSON.stringify({ weeks, seconds, ratio, ruleRatio, testedRatio, scenarios: tallies }, null, 2)}\n`,
  );

  console.log(formatTable(tallies));
  const invalid = Math.max(...tallies.map((t) => t.falselyInvalid));
  console.log(
    `${weeks} weeks of each, ${seconds.toFixed(0)} s; called invalid without cause in up to ${(100 * invalid).toFixed(1)} % of weeks`,
  );
  console.log(
    `false promotions, worst of the scenarios: rule ${(100 * ruleRatio).toFixed(1)} %, evidence ${(100 * ratio).toFixed(1)} %`,
  );
  console.log(`false-promotion ratio=${ratio.toFixed(4)}`);
  return ratio;
}

if (process.argv[1] === new URL(import.meta.url).pathname) await run();
