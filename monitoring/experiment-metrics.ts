import type { MetricDefinition } from './metric-definition.js';

/** The experiment that is open, and the decisions about experiments. */
export const experimentMetricDefinitions = {
  experimentOpen: {
    type: 'gauge',
    name: 'experiment_open',
    help: '1 while the project has an experiment that is not decided',
    labels: ['project'],
  },
  experimentAge: {
    type: 'gauge',
    name: 'experiment_age_seconds',
    help: 'Time since the open experiment began to count',
    labels: ['project'],
  },
  candidateWeight: {
    type: 'gauge',
    name: 'experiment_candidate_weight_ratio',
    help: 'Share of users that the routing in force sends to the candidate, 0..1',
    labels: ['project'],
  },
  shadowWeight: {
    type: 'gauge',
    name: 'experiment_shadow_ratio',
    help: 'Share of production requests that are copied to the candidate, 0..1',
    labels: ['project'],
  },
  expectedUsers: {
    type: 'gauge',
    name: 'experiment_expected_users',
    help: 'Users of both variants expected by the time of the decision',
    labels: ['project'],
  },
  experimentUsers: {
    type: 'gauge',
    name: 'experiment_users',
    help: 'Users of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRequests: {
    type: 'gauge',
    name: 'experiment_requests',
    help: 'Answered requests of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentErrors: {
    type: 'gauge',
    name: 'experiment_errors',
    help: 'Failed requests of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRatings: {
    type: 'gauge',
    name: 'experiment_ratings',
    help: 'Ratings of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRating: {
    type: 'gauge',
    name: 'experiment_rating_mean',
    help: 'Mean rating of the open experiment, 1..5',
    labels: ['project', 'variant'],
  },
  experimentLatency: {
    type: 'gauge',
    name: 'experiment_latency_mean_seconds',
    help: 'Mean latency of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentScore: {
    type: 'gauge',
    name: 'experiment_score',
    help: 'Score of the variant at the last decision of the open experiment, 0..1',
    labels: ['project', 'variant'],
  },
  sampleRatioPValue: {
    type: 'gauge',
    name: 'experiment_sample_ratio_p_value',
    help: 'Sequential p-value of "users are split by the weights", last decision of the open experiment',
    labels: ['project'],
  },
  evidencePValue: {
    type: 'gauge',
    name: 'experiment_evidence_p_value',
    help: 'Always-valid p-value of "both variants score the same", last decision of the open experiment',
    labels: ['project'],
  },
  approvalsPending: {
    type: 'gauge',
    name: 'approvals_pending',
    help: 'Promotions that wait for a person',
    labels: ['project'],
  },
  experimentsEnded: {
    type: 'counter',
    name: 'experiment_outcomes_total',
    help: 'Experiments that ended, by outcome',
    labels: ['project', 'outcome'],
  },
  decisions: {
    type: 'counter',
    name: 'experiment_decisions_total',
    help: 'Hourly decisions, by verdict',
    labels: ['project', 'verdict'],
  },
  lastDecision: {
    type: 'gauge',
    name: 'experiment_last_decision_timestamp_seconds',
    help: 'When the last decision was made',
    labels: ['project'],
  },
  timeToDecision: {
    type: 'gauge',
    name: 'experiment_time_to_decision_seconds',
    help: 'Mean time from the start to the end of the experiments that ended in the last 90 days',
    labels: ['project'],
  },
} as const satisfies Record<string, MetricDefinition>;
