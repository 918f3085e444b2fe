import { assignVariant } from '../../core/experiment/assign.js';
import type { EvidenceVerdict, ExperimentDecision, RunningEvidence } from '../../core/experiment/decision.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../core/experiment/evaluate-experiment.js';
import { expectedUsers } from '../../core/experiment/expected-users.js';
import type { ExperimentSummary } from '../../core/experiment/variant-summary.js';
import { createRandom } from '../../core/stats/random.js';
import { momentsFromSums } from '../../core/stats/sample-moments.js';
import { welchT } from '../../core/stats/welch-t.js';
import { drawNormal, drawPoisson } from './draw.js';
import { LiveSummary } from './live-summary.js';
import { ratingBounds } from './rating-bounds.js';
import {
  CANDIDATE_PERCENT,
  ERROR_RATIO,
  HOURS,
  LATENCY,
  RESPONSE_RATIO,
  type Scenario,
  USER_CORRELATION,
} from './scenarios.js';

/** How one policy ended one week: its first final verdict and the hour of it, or none. */
interface Ending {
  readonly verdict: 'promote' | 'rollback' | 'harm' | 'none';
  readonly hour: number;
}

export interface WeekOutcome {
  readonly rule: Ending;
  /** What many platforms do: the rule's promotion needs a t test of the ratings below 5 % at the same look. */
  readonly tested: Ending;
  readonly evidence: Ending;
  /** Hours in which the evidence policy called the comparison invalid. */
  readonly invalidHours: number;
}

/** The rule's verdict, its promotion only with a one-sided Welch t test below 5 %. */
function testedVerdict(decision: ExperimentDecision, summary: ExperimentSummary): EvidenceVerdict {
  if (decision.rule.verdict !== 'promote') return decision.rule.verdict;
  const [p, c] = [summary.production, summary.candidate].map((variant) =>
    momentsFromSums(variant.ratings, variant.ratingSum, variant.ratingSquareSum),
  );
  const { statistic, pValue } = welchT(p!, c!);
  return statistic > 0 && pValue / 2 < 0.05 ? 'promote' : 'continue_testing';
}

const FINAL = new Set<EvidenceVerdict>(['promote', 'rollback', 'harm']);
const START = Date.UTC(2026, 0, 4);

/**
 * One week of traffic on a split of 80/20, looked at every hour by both policies. Users are split, counted and judged by
 * the functions the product uses; only the people are made up.
 *
 * @param seed of the week: the same seed is the same week
 * @param watch called with what every look saw, for checks
 */
export function simulateWeek(
  scenario: Scenario,
  rule: DecisionRule,
  seed: number,
  watch?: (summary: ExperimentSummary, decision: ExperimentDecision, variants: Variants) => void,
): WeekOutcome {
  const random = createRandom(seed);
  const variants: Variants = { production: new LiveSummary(), candidate: new LiveSummary() };
  const bounds = { production: ratingBounds(0), candidate: ratingBounds(scenario.effect) };
  const salt = `week-${seed}-`;
  const users: { variant: keyof Variants; opinion: number }[] = [];
  const endings: { rule?: Ending; tested?: Ending; evidence?: Ending } = {};
  let previous: RunningEvidence | null = null;
  let invalidHours = 0;
  const planned = expectedUsers(
    {
      candidateWeightPercent: CANDIDATE_PERCENT,
      ratingsPerUser: RESPONSE_RATIO / (1 - scenario.returningRatio),
      usersPerHour: scenario.requestsPerHour * (1 - scenario.returningRatio),
    },
    rule,
  );

  for (let hour = 1; hour <= HOURS; hour++) {
    for (let left = drawPoisson(scenario.requestsPerHour, random); left > 0; left--) {
      const returns = users.length > 0 && random() < scenario.returningRatio;
      const key = returns ? Math.floor(random() * users.length) : users.length;
      if (!returns) {
        users.push({ variant: assignVariant(salt, `visitor-${key}`, CANDIDATE_PERCENT), opinion: drawNormal(random) });
      }
      const { variant, opinion } = users[key]!;
      if (random() < ERROR_RATIO) {
        variants[variant].fail();
        continue;
      }
      const latencyMs = LATENCY.medianMs * Math.exp(LATENCY.logDeviation * drawNormal(random));
      const rating = random() < RESPONSE_RATIO ? rate(opinion, bounds[variant], drawNormal(random)) : null;
      variants[variant].answer(key, latencyMs, rating);
    }
    const summary = { production: variants.production.read(), candidate: variants.candidate.read(), usersInBoth: 0 };
    const decision = evaluateExperiment(
      summary,
      {
        now: new Date(START + hour * 3_600_000),
        startedAt: new Date(START),
        expectedUsers: planned,
        candidateWeightPercent: CANDIDATE_PERCENT,
        previous,
        nextCandidateReady: false,
      },
      rule,
    );
    watch?.(summary, decision, variants);
    previous = decision.evidence.running;
    if (decision.evidence.verdict === 'invalid' && endings.evidence === undefined) invalidHours++;
    for (const policy of ['rule', 'tested', 'evidence'] as const) {
      if (endings[policy] !== undefined) continue;
      const verdict = policy === 'tested' ? testedVerdict(decision, summary) : decision[policy].verdict;
      if (FINAL.has(verdict)) endings[policy] = { verdict: verdict as Ending['verdict'], hour };
    }
    if (watch === undefined && endings.tested !== undefined && endings.evidence !== undefined) break;
  }
  const none: Ending = { verdict: 'none', hour: HOURS };
  return {
    rule: endings.rule ?? none,
    tested: endings.tested ?? none,
    evidence: endings.evidence ?? none,
    invalidHours,
  };
}

export interface Variants {
  readonly production: LiveSummary;
  readonly candidate: LiveSummary;
}

/** A rating 1..5 of somebody with this disposition; over many people its shares are those of the bounds. */
function rate(opinion: number, bounds: readonly number[], mood: number): number {
  const feeling = Math.sqrt(USER_CORRELATION) * opinion + Math.sqrt(1 - USER_CORRELATION) * mood;
  let rating = 1;
  while (rating <= bounds.length && feeling > bounds[rating - 1]!) rating++;
  return rating;
}
