import { Context } from '@temporalio/activity';
import { evaluateExperiment } from '../core/experiment/evaluate-experiment.js';
import { expectedUsers } from '../core/experiment/expected-users.js';
import type { ModelProject } from '../core/project.js';
import { caller, stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { DecisionStore, Experiment, ExperimentStore } from './ports.js';

export interface ExperimentDeps {
  readonly project: (name: string) => ModelProject;
  readonly experiments: ExperimentStore;
  readonly decisions: DecisionStore;
  readonly now: () => Date;
}

/** What a workflow carries of an experiment: ids and names, never counts. */
export interface ExperimentReference {
  readonly id: number;
  readonly productionVersion: string;
  readonly candidateVersion: string;
  readonly candidateWeightPercent: number;
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
};

/** Retraining waits longer after each rollback in a row: at once, then these many hours. */
const RETRAIN_DELAY_HOURS = [0, 1, 6, 24, 72] as const;

/** The life of an experiment: opened, started, evaluated every hour, ended. */
export function createExperimentActivities({ project, experiments, decisions, now }: ExperimentDeps) {
  return withDomainFailures({
    async currentExperiment(name: string): Promise<ExperimentReference | null> {
      const experiment = await experiments.current(name);
      return experiment ? reference(experiment) : null;
    },

    /** Freezes both models, the weights and the rule in the experiment's row; traffic comes later. */
    async openExperiment(
      name: string,
      productionVersion: string,
      candidateVersion: string,
    ): Promise<ExperimentReference> {
      const { candidateWeightPercent, decision } = project(name);
      const experiment = await experiments.open({
        project: name,
        productionVersion,
        candidateVersion,
        candidateWeightPercent,
        rule: decision,
        expectedUsers: expectedUsers({ candidateWeightPercent }, decision),
        idempotencyKey: stepKey('experiment'),
      });
      return reference(experiment);
    },

    async startExperiment(id: number): Promise<void> {
      await experiments.start(id);
    },

    async endExperiment(id: number, state: 'decided' | 'expired' | 'stopped', outcome: string): Promise<void> {
      await experiments.end(id, state, outcome);
    },

    /** Reads the counts, applies both policies, records the decision. Nothing is decided without an experiment. */
    async evaluate(name: string): Promise<EvaluationOutcome> {
      const experiment = await experiments.current(name);
      if (!experiment) {
        return { ...NOTHING, verdict: 'no_experiment', reason: `${name} has no candidate to compare with production` };
      }
      if (!experiment.startedAt || experiment.state !== 'running') {
        const reason = `experiment ${experiment.id} is ${experiment.state}: its users do not count yet`;
        return { ...NOTHING, experimentId: experiment.id, verdict: 'not_running', reason };
      }
      Context.current().heartbeat();
      const [summary, previous] = await Promise.all([
        experiments.summarize(experiment.id),
        decisions.latest(name, experiment.id),
      ]);
      const decision = evaluateExperiment(
        summary,
        {
          now: now(),
          startedAt: experiment.startedAt,
          expectedUsers: experiment.expectedUsers,
          candidateWeightPercent: experiment.candidateWeightPercent,
          previous: previous?.evaluation.evidence.running ?? null,
          nextCandidateReady: false,
        },
        experiment.rule,
      );
      const recorded = await decisions.record(
        { ...decision, summary },
        { project: name, experimentId: experiment.id, ...caller(), idempotencyKey: stepKey('decision') },
      );
      const { evaluation } = recorded;
      return {
        experimentId: experiment.id,
        decisionId: recorded.id,
        policy: recorded.policy,
        verdict: recorded.verdict,
        action: evaluation.action,
        reason: recorded.reason,
        ruleVerdict: evaluation.rule.verdict,
        evidenceVerdict: evaluation.evidence.verdict,
        productionVersion: experiment.productionVersion,
        candidateVersion: experiment.candidateVersion,
        productionScore: evaluation.rule.numbers.productionScore ?? null,
        candidateScore: evaluation.rule.numbers.candidateScore ?? null,
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
