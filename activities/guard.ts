import { checkEmergency, guardWindows } from '../core/experiment/emergency.js';
import { evaluateExperiment } from '../core/experiment/evaluate-experiment.js';
import { phaseHeld, phaseOf } from '../core/experiment/experiment-life.js';
import { judgedByIn } from '../core/experiment/judged-by.js';
import type { ModelProject } from '../core/project.js';
import { caller } from './activity-key.js';
import type { DecisionStore, Experiment, ExperimentStore, RoutingStore } from './ports.js';

export interface GuardDeps {
  readonly project: (name: string) => ModelProject;
  readonly experiments: ExperimentStore;
  readonly decisions: DecisionStore;
  readonly routing: RoutingStore;
  readonly now: () => Date;
}

export interface GuardLook {
  readonly step: 'ended' | 'continue' | 'stop' | 'advance';
  readonly reason: string;
}

const MINUTE_MS = 60_000;

/** The short looks between the hourly ones: is the candidate in trouble, and may it have more users? */
export function createGuardActivities({ project: projectOf, experiments, decisions, routing, now }: GuardDeps) {
  async function breachOf(experiment: Experiment): Promise<string | null> {
    const { phaseStartedAt, rule } = experiment;
    const windows = await Promise.all(
      guardWindows.map(async ({ minutes }) => {
        const since = new Date(Math.max(now().getTime() - minutes * MINUTE_MS, phaseStartedAt.getTime()));
        return { minutes, ...(await experiments.recent(experiment, since)) };
      }),
    );
    return checkEmergency(windows, rule.guardrails);
  }

  /** The stop is a decision like the hourly ones: with both verdicts on the counts so far. */
  async function recordStop(experiment: Experiment, reason: string): Promise<void> {
    const { id, project, metric, rule, startedAt, createdAt, expectedUsers, candidateWeightPercent } = experiment;
    const [summary, previous] = await Promise.all([experiments.summarize(id), decisions.latest(project, id)]);
    const context = {
      now: now(),
      startedAt: startedAt ?? createdAt,
      expectedUsers,
      candidateWeightPercent,
      previous: previous?.evaluation.evidence.running ?? null,
      nextCandidateReady: false,
      judgedBy: judgedByIn(metric, projectOf(project).judgedBy),
    };
    const decision = evaluateExperiment(summary, context, rule);
    await decisions.record(
      { ...decision, verdict: 'harm', action: 'hold', reason, summary },
      { project, experimentId: id, ...caller(), idempotencyKey: `experiment/${id}/emergency` },
    );
  }

  return {
    /** One look. A stop is recorded before it is asked for. */
    async guard(experimentId: number): Promise<GuardLook> {
      const experiment = await experiments.get(experimentId);
      const { endedAt, state, path, phaseStartedAt, candidateVersion } = experiment;
      if (endedAt) return { step: 'ended', reason: `experiment ${experimentId} is ${state}` };
      if (state === 'warming' || state === 'paused') return { step: 'continue', reason: `it is ${state}` };

      const breach = await breachOf(experiment);
      if (breach !== null) {
        const reason = `Emergency stop of ${candidateVersion}: ${breach}.`;
        await recordStop(experiment, reason);
        return { step: 'stop', reason };
      }
      const heldMinutes = (now().getTime() - phaseStartedAt.getTime()) / MINUTE_MS;
      const wanted = state === 'shadow' ? (path.shadow?.minRequests ?? 0) : 0;
      const copies = wanted > 0 ? await experiments.shadowRequests(experiment, phaseStartedAt, wanted) : 0;
      if (!phaseHeld(phaseOf(experiment), path, heldMinutes, copies))
        return { step: 'continue', reason: 'all is well' };
      return { step: 'advance', reason: `${state} lasted as long as it should, no guardrail was broken` };
    },

    /** Users go to production now; the orderly end of the experiment follows. */
    async divertTraffic(name: string, experimentId: number): Promise<void> {
      await routing.divert(name, experimentId);
    },
  };
}
