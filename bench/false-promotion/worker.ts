import { parentPort } from 'node:worker_threads';
import { parseDecisionRule } from '../../core/experiment/decision-rule.js';
import { scenarios } from './scenarios.js';
import { simulateWeek, type WeekOutcome } from './simulate-week.js';

/** Weeks `from` up to, not including, `to` of one scenario. */
export interface WeekTask {
  readonly scenario: number;
  readonly from: number;
  readonly to: number;
}

export interface WeekAnswer {
  readonly scenario: number;
  readonly outcomes: readonly WeekOutcome[];
}

const rule = parseDecisionRule();

parentPort?.on('message', ({ scenario, from, to }: WeekTask) => {
  // the seed is the week's number in its scenario: how the weeks are dealt over workers changes nothing
  const outcomes = Array.from({ length: to - from }, (_, i) =>
    simulateWeek(scenarios[scenario]!, rule, scenario * 1_000_000 + from + i),
  );
  parentPort?.postMessage({ scenario, outcomes } satisfies WeekAnswer);
});
