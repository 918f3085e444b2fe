import type { MetricDefinition } from './metric-definition.js';

/** Training, the registry and what is deployed. */
export const registryMetricDefinitions = {
  trainingRuns: {
    type: 'counter',
    name: 'training_runs_total',
    help: 'Training runs, by status',
    labels: ['project', 'status'],
  },
  trainingRunning: {
    type: 'gauge',
    name: 'training_runs_in_progress',
    help: 'Training runs going on',
    labels: ['project'],
  },
  trainingFailedInRow: {
    type: 'gauge',
    name: 'training_consecutive_failures',
    help: 'Training runs that failed since the last that succeeded',
    labels: ['project'],
  },
  trainingDuration: {
    type: 'gauge',
    name: 'training_last_duration_seconds',
    help: 'Duration of the last training run that succeeded',
    labels: ['project'],
  },
  trainingLastSuccess: {
    type: 'gauge',
    name: 'training_last_success_timestamp_seconds',
    help: 'When the last training run succeeded',
    labels: ['project'],
  },
  registryModels: {
    type: 'gauge',
    name: 'registry_models',
    help: 'Model versions, by state',
    labels: ['project', 'state'],
  },
  slotDeployed: {
    type: 'gauge',
    name: 'slot_deployed_timestamp_seconds',
    help: 'When the version in the slot was deployed',
    labels: ['project', 'slot'],
  },
  slotModelCreated: {
    type: 'gauge',
    name: 'slot_model_created_timestamp_seconds',
    help: 'When the version in the slot was trained',
    labels: ['project', 'slot'],
  },
  slotQuality: {
    type: 'gauge',
    name: 'slot_model_quality',
    help: 'A measure of the version in the slot on its test rows',
    labels: ['project', 'slot', 'measure'],
  },
  slotTarget: {
    type: 'gauge',
    name: 'slot_target_generation',
    help: 'Generation of the slot that its services should serve',
    labels: ['project', 'slot'],
  },
  deployments: {
    type: 'counter',
    name: 'deployments_total',
    help: 'Versions put into a slot',
    labels: ['project', 'slot'],
  },
  instances: {
    type: 'gauge',
    name: 'instances_reporting',
    help: 'Instances that reported in the last 15 seconds',
    labels: ['project', 'role'],
  },
  instancesLagging: {
    type: 'gauge',
    name: 'instances_behind',
    help: 'Reporting instances whose generation is older than their slot asks for',
    labels: ['project', 'role'],
  },
  instancesRefusing: {
    type: 'gauge',
    name: 'instances_refusing',
    help: 'Reporting instances that cannot serve what their slot asks for',
    labels: ['project', 'role'],
  },
} as const satisfies Record<string, MetricDefinition>;
