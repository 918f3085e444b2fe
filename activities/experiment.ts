import { Context } from '@temporalio/activity';
import { ConflictError } from '../core/errors.js';
import type { DecisionPolicy } from '../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../core/experiment/evaluate-experiment.js';
import { expectedUsers } from '../core/experiment/expected-users.js';
import { experimentExpired } from '../core/experiment/experiment-age.js';
import {
  type ExperimentEvent,
  type ExperimentPhase,
  type ExperimentTraffic,
  nextPhase,
  type OpenState,
  phaseOf,
  trafficOf,
} from '../core/experiment/experiment-life.js';
import { type ExperimentPath, parseExperimentSettings } from '../core/experiment/experiment-settings.js';
import { judgedByIn } from '../core/experiment/judged-by.js';
import { retireStuck } from '../core/experiment/retire-stuck.js';
import { ruleForMetric, type SuccessMetric } from '../core/experiment/success-metric.js';
import type { ModelProject } from '../core/project.js';
import { caller, stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import { createGuardActivities } from './guard.js';
import type { DecisionStore, Experiment, ExperimentStore, ModelRegistry, RoutingStore } from './ports.js';

export interface ExperimentDeps {
  readonly project: (name: string) => ModelProject;
  readonly registry: ModelRegistry;
  readonly experiments: ExperimentStore;
  readonly decisions: DecisionStore;
  readonly routing: RoutingStore;
  readonly now: () => Date;
}

/** What a workflow carries of an experiment: ids and names, never counts. */
export interface ExperimentReference {
  readonly id: number;
  readonly productionVersion: string;
  readonly candidateVersion: string;
  readonly candidateWeightPercent: number;
}

/** What an experiment may differ in from its project's own. */
export interface ExperimentTerms {
  readonly name?: string;
  readonly metric?: SuccessMetric;
  readonly candidateWeightPercent?: number;
  /** `rule`, `evidence`, or the project's. */
  readonly policy?: DecisionPolicy;
}

/** What the router does for an experiment; no experiment while nobody is to be counted. */
interface RoutedTraffic extends ExperimentTraffic {
  readonly experimentId: number | null;
}

export interface EvaluationOutcome {
  readonly experimentId: number | null;
  readonly decisionId: number | null;
  readonly policy: string | null;
  readonly verdict: string;
  readonly action: string;
  readonly reason: string;
  readonly ruleVerdict: string | null;
  readonly evidenceVerdict: string | null;
  readonly productionVersion: string | null;
  readonly candidateVersion: string | null;
  readonly productionScore: number | null;
  readonly candidateScore: number | null;
  /** A promotion waits for a person. */
  readonly approvalRequired: boolean;
}

function reference(experiment: Experiment): ExperimentReference {
  const { id, productionVersion, candidateVersion, candidateWeightPercent } = experiment;
  return { id, productionVersion, candidateVersion, candidateWeightPercent };
}

const NOTHING: Omit<EvaluationOutcome, 'verdict' | 'reason'> = {
  experimentId: null,
  decisionId: null,
  policy: null,
  action: 'none',
  ruleVerdict: null,
  evidenceVerdict: null,
  productionVersion: null,
  candidateVersion: null,
  productionScore: null,
  candidateScore: null,
  approvalRequired: false,
};

/** Retraining waits longer after each rollback in a row: at once, then these many hours. */
const RETRAIN_DELAY_HOURS = [0, 1, 6, 24, 72] as const;

/** The life of an experiment: opened, moved on, evaluated every hour, ended. */
export function createExperimentActivities(deps: ExperimentDeps) {
  const { project, registry, experiments, decisions, now } = deps;
  const settingsOf = (name: string) => parseExperimentSettings(project(name).experiment);

  function routed(id: number, phase: ExperimentPhase, path: ExperimentPath): RoutedTraffic {
    // whoever comes while it is paused or not warm yet is nobody's user
    const counts = phase.state !== 'paused' && phase.state !== 'warming';
    return { experimentId: counts ? id : null, ...trafficOf(phase, path) };
  }

  return withDomainFailures({
    ...createGuardActivities(deps),

    async currentExperiment(name: string): Promise<ExperimentReference | null> {
      const experiment = await experiments.current(name);
      return experiment ? reference(experiment) : null;
    },

    /** @throws CONFLICT when the experiment is not the project's open one: another delivery was first */
    async checkOpen(name: string, id: number): Promise<void> {
      const open = await experiments.current(name);
      if (open?.id === id) return;
      const { state, outcome } = await experiments.get(id);
      throw new ConflictError(`experiment ${id} has ended already: ${state}${outcome ? ` (${outcome})` : ''}`);
    },

    /** @throws CONFLICT when the candidate is no longer the one under test, or cannot be served any more */
    async checkPromotable(name: string, id: number, candidateVersion: string): Promise<void> {
      const open = await experiments.current(name);
      if (open?.id !== id || open.candidateVersion !== candidateVersion) {
        throw new ConflictError(`${candidateVersion} is not the candidate of an open experiment ${id} any more`);
      }
      const { state } = await registry.get(name, candidateVersion);
      if (state === 'deleted' || state === 'rejected') {
        throw new ConflictError(`${candidateVersion} is ${state} and cannot be promoted`);
      }
      const last = await decisions.latest(name, id);
      if (last?.evaluation.action === 'hold') {
        throw new ConflictError(`${candidateVersion} lost its users and cannot be promoted: ${last.reason}`);
      }
    },

    /** Keeps both models, the weights, the path and the rule in the experiment's row; traffic comes later. */
    async openExperiment(
      name: string,
      productionVersion: string,
      candidateVersion: string,
      terms: ExperimentTerms = {},
    ): Promise<ExperimentReference> {
      const { decision, ...declared } = project(name);
      const { metric = 'score', candidateWeightPercent = declared.candidateWeightPercent } = terms;
      const rule = ruleForMetric({ ...decision, policy: terms.policy ?? decision.policy }, metric);
      const { shadow, ramp } = settingsOf(name);
      const experiment = await experiments.open({
        project: name,
        productionVersion,
        candidateVersion,
        candidateWeightPercent,
        rule,
        expectedUsers: expectedUsers({ candidateWeightPercent }, rule),
        idempotencyKey: stepKey('experiment'),
        path: shadow ? { shadow, ramp } : { ramp },
        name: terms.name ?? null,
        metric,
      });
      return reference(experiment);
    },

    /** What the router does now and will do after the event. */
    async trafficAfter(
      id: number,
      event: ExperimentEvent,
    ): Promise<{ before: RoutedTraffic; after: RoutedTraffic; state: OpenState }> {
      const experiment = await experiments.get(id);
      if (experiment.endedAt) throw new ConflictError(`experiment ${id} has ended already: ${experiment.state}`);
      const now = phaseOf(experiment);
      const { phase, path } = nextPhase(now, event, experiment.path);
      return {
        before: routed(id, now, experiment.path),
        after: routed(id, phase, path),
        state: phase.state,
      };
    },

    async moveExperiment(id: number, event: ExperimentEvent, reason: string, actor: string): Promise<void> {
      await experiments.change(id, event, { reason, actor, idempotencyKey: stepKey(`experiment/${event.type}`) });
    },

    /** @returns the workflow that waited for a person's yes, when there was one */
    async endExperiment(
      id: number,
      state: 'decided' | 'expired' | 'stopped',
      outcome: string,
      reason: string,
      actor: string,
    ): Promise<{ withdrawnApproval: string | null }> {
      return experiments.end(id, state, outcome, { reason, actor, idempotencyKey: stepKey('experiment/end') });
    },

    /** Reads the counts, applies both policies, records the decision. Nothing is decided without an experiment. */
    async evaluate(name: string): Promise<EvaluationOutcome> {
      const experiment = await experiments.current(name);
      if (!experiment) {
        return { ...NOTHING, verdict: 'no_experiment', reason: `${name} has no candidate to compare with production` };
      }
      const { id, candidateVersion, productionVersion, rule, startedAt } = experiment;
      if (!startedAt || experiment.state !== 'running') {
        const stands = { ...NOTHING, experimentId: id, productionVersion, candidateVersion };
        const stuck = experimentExpired({ now: now(), startedAt: experiment.phaseStartedAt }, rule);
        const reason = `experiment ${id} is ${experiment.state}: its users do not count ${startedAt ? 'now' : 'yet'}`;
        if (!stuck) return { ...stands, verdict: 'not_running', reason };
        return {
          ...stands,
          verdict: 'inconclusive',
          action: 'retire',
          reason: `${reason}, since ${rule.maxAgeDays} days`,
        };
      }
      Context.current().heartbeat();
      const [summary, previous, nextCandidateReady] = await Promise.all([
        experiments.summarize(id),
        decisions.latest(name, id),
        experiments.nextCandidateWaits(name, candidateVersion),
      ]);
      // under other weights than now, a clock ago: its evidence belongs to counts that are gone
      const earlier = previous && previous.decidedAt >= startedAt ? previous : null;
      const context = {
        now: now(),
        startedAt: new Date(startedAt.getTime() + experiment.pausedSeconds * 1000),
        expectedUsers: experiment.expectedUsers,
        candidateWeightPercent: experiment.candidateWeightPercent,
        previous: earlier?.evaluation.evidence.running ?? null,
        nextCandidateReady,
        judgedBy: judgedByIn(experiment.metric, project(name).judgedBy),
      };
      const decision = retireStuck(evaluateExperiment(summary, context, rule), context, rule);
      const recorded = await decisions.record(
        { ...decision, summary },
        { project: name, experimentId: id, ...caller(), idempotencyKey: stepKey('decision') },
      );
      const { evaluation } = recorded;
      return {
        experimentId: id,
        decisionId: recorded.id,
        policy: recorded.policy,
        verdict: recorded.verdict,
        action: evaluation.action,
        reason: recorded.reason,
        ruleVerdict: evaluation.rule.verdict,
        evidenceVerdict: evaluation.evidence.verdict,
        productionVersion,
        candidateVersion,
        productionScore: evaluation.rule.numbers.productionScore ?? null,
        candidateScore: evaluation.rule.numbers.candidateScore ?? null,
        approvalRequired: settingsOf(name).approval.required,
      };
    },

    /**
     * When and with which seed to train again after a rollback: another seed each time, and later after each
     * rollback in a row.
     */
    async planRetraining(
      name: string,
    ): Promise<{ randomState: number; delayHours: number; consecutiveRollbacks: number }> {
      const consecutiveRollbacks = await decisions.consecutiveRollbacks(name);
      const delayHours = RETRAIN_DELAY_HOURS[Math.max(0, consecutiveRollbacks - 1)] ?? RETRAIN_DELAY_HOURS.at(-1)!;
      return { randomState: 1 + consecutiveRollbacks, delayHours, consecutiveRollbacks };
    },
  });
}

export type ExperimentActivities = ReturnType<typeof createExperimentActivities>;
