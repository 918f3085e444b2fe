import type { Scenario } from './scenarios.js';
import type { WeekOutcome } from './simulate-week.js';

/** How the weeks of one scenario ended under one policy; shares 0..1 of all weeks. */
export interface PolicyTally {
  readonly promoted: number;
  /** Rolled back or stopped as harm. */
  readonly stopped: number;
  readonly undecided: number;
  /** Median hours of the weeks that ended so; null when none did. */
  readonly hoursToPromote: number | null;
  readonly hoursToStop: number | null;
}

export interface ScenarioTally extends Scenario {
  readonly weeks: number;
  readonly rule: PolicyTally;
  /** The rule with a t test at every look. */
  readonly tested: PolicyTally;
  readonly evidence: PolicyTally;
  /** Share of weeks in which a sound comparison was called invalid for an hour or more. */
  readonly falselyInvalid: number;
}

function median(hours: readonly number[]): number | null {
  const sorted = [...hours].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

function tallyPolicy(outcomes: readonly WeekOutcome[], policy: 'rule' | 'tested' | 'evidence'): PolicyTally {
  const endings = outcomes.map((outcome) => outcome[policy]);
  const promoted = endings.filter((ending) => ending.verdict === 'promote');
  const stopped = endings.filter((ending) => ending.verdict === 'rollback' || ending.verdict === 'harm');
  return {
    promoted: promoted.length / endings.length,
    stopped: stopped.length / endings.length,
    undecided: (endings.length - promoted.length - stopped.length) / endings.length,
    hoursToPromote: median(promoted.map((ending) => ending.hour)),
    hoursToStop: median(stopped.map((ending) => ending.hour)),
  };
}

export function tally(scenario: Scenario, outcomes: readonly WeekOutcome[]): ScenarioTally {
  return {
    ...scenario,
    weeks: outcomes.length,
    rule: tallyPolicy(outcomes, 'rule'),
    tested: tallyPolicy(outcomes, 'tested'),
    evidence: tallyPolicy(outcomes, 'evidence'),
    falselyInvalid: outcomes.filter((outcome) => outcome.invalidHours > 0).length / outcomes.length,
  };
}

const percent = (ratio: number) => `${(100 * ratio).toFixed(1)} %`;
const hours = (value: number | null) => (value === null ? '–' : `${value} h`);

/** The table of docs/decisions.md, Markdown. */
export function formatTable(tallies: readonly ScenarioTally[]): string {
  const head = [
    '| true effect | requests/h | returning | rule: promoted | rule: stopped | with hourly t test: promoted | evidence: promoted | median | evidence: stopped | median | undecided |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  const rows = tallies.map((t) => {
    const effect = t.effect === 0 ? 'none' : `${t.effect > 0 ? '+' : '−'}${Math.abs(t.effect * 100).toFixed(1)} %`;
    const cells = [
      effect,
      t.requestsPerHour,
      percent(t.returningRatio).replace('.0', ''),
      percent(t.rule.promoted),
      percent(t.rule.stopped),
      percent(t.tested.promoted),
      percent(t.evidence.promoted),
      hours(t.evidence.hoursToPromote),
      percent(t.evidence.stopped),
      hours(t.evidence.hoursToStop),
      percent(t.evidence.undecided),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...rows].join('\n');
}
