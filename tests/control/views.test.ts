import { expect, test } from 'vitest';
import type { Job } from '../../adapters/temporal/job-reader.js';
import { trainingStatusSchema, trainingStatusView } from '../../control/views/job-view.js';

const running: Job = {
  jobId: 'homes-training.1',
  workflowId: 'homes-training',
  runId: '1',
  type: 'trainCandidate',
  state: 'running',
  startedAt: new Date('2026-01-01T00:00:00Z'),
  endedAt: null,
  progress: null,
  steps: [],
  result: null,
  error: null,
};

function view(changes: Partial<Job>) {
  const told = trainingStatusView({ ...running, ...changes });
  expect(trainingStatusSchema.parse(told)).toEqual(told);
  return told;
}
const trainModel = (changes: object) => ({
  name: 'trainModel',
  attempt: 1,
  heartbeat: null,
  lastFailure: null,
  ...changes,
});

test('a training that no worker tells of has neither a stage nor a progress', () => {
  expect(view({})).toMatchObject({ stage: null, progress: null, search: null, version: null, message: null });
});

test('the trees that are grown are most of the progress', () => {
  const progress = { step: 'training', version: 'CO3', datasetNumber: 7 };
  const half = view({ progress, steps: [trainModel({ heartbeat: { treesDone: 50, trees: 100 } })] });
  // training lasts from 10 % to 90 %
  expect(half).toMatchObject({ stage: 'training', progress: 0.5, version: 'CO3', dataset_number: 7 });
  expect(half.message).toBe('tree 50 of 100');
  expect(view({ progress, steps: [trainModel({})] }).progress).toBe(0.1);
  expect(view({ progress: { step: 'a stage of later versions' } }).progress).toBe(0);
});

test('a step that is tried again says why', () => {
  const steps = [trainModel({ attempt: 3, lastFailure: 'S3 is away', heartbeat: { treesDone: 1, trees: 9 } })];
  expect(view({ progress: { step: 'training' }, steps }).message).toBe('trainModel, attempt 3: S3 is away');
});

test('a search tells how far it is, also what it has not begun to count', () => {
  const search = (told: unknown) => view({ progress: { step: 'searching', search: told } }).search;
  expect(search({ round: 1, rounds: 3, trials: 12, fitsDone: 5, fits: 36 })).toEqual({
    round: 1,
    rounds: 3,
    trials: 12,
    fits_done: 5,
    fits: 36,
  });
  expect(search({})).toEqual({ round: 0, rounds: 0, trials: 0, fits_done: 0, fits: 0 });
  expect(search('soon')).toBeNull();
});

test('what became of a training is told in the words of its result', () => {
  const result = { outcome: 'rejected', version: 'CO4', datasetNumber: 8, reasons: ['R² is 0.2', 'worse than BO1'] };
  const done = view({ state: 'completed', result, progress: { step: 'deploying' } });
  expect(done).toMatchObject({ stage: 'done', progress: 1, outcome: 'rejected', version: 'CO4', dataset_number: 8 });
  expect(done.message).toBe('R² is 0.2; worse than BO1');
  expect(view({ state: 'completed', result: { outcome: 'deployed', reasons: [] } }).message).toBeNull();
});
