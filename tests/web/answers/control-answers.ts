import type { Answers } from '../stand-in.js';
import { dataAnswers } from './data-answers.js';
import { experiment, experimentAnswers, twoDaysOfDecisions } from './experiment-answers.js';
import { instance, modelAnswers } from './model-answers.js';
import { monitoringAnswers } from './monitoring-answers.js';
import { peopleAnswers } from './people-answers.js';
import { hour, page } from './times.js';

const schedules = ['train-weekly', 'evaluate-hourly', 'drift-daily'].map((name, i) => ({
  id: `home-prices-${name}`,
  kind: ['train', 'evaluate', 'drift'][i],
  spec: ['0 2 * * 0', '0 * * * *', '0 3 * * *'][i],
  next_run: hour(60 + i),
  last_run: i === 0 ? null : hour(48),
  paused: i === 2,
}));

/** What the control API says when all is well. */
export function controlAnswers(): Answers {
  return {
    ...experimentAnswers,
    ...modelAnswers,
    ...dataAnswers,
    ...monitoringAnswers,
    ...peopleAnswers,
    'GET /api/events': { events: 'event: watching\ndata: {"topics":[]}\n\n' },
    'GET /api/overview': {
      body: {
        project: 'home-prices',
        production: { version: 'BO2', since: hour(0), metrics: { r2: 0.834, mae: 17.32 } },
        candidate: { version: 'CO3', since: hour(1), metrics: { r2: 0.841, mae: 16.9 } },
        experiment,
        instances: [
          instance('production', 6001, 'BO2'),
          { ...instance('candidate', 6002, 'CO3'), healthy: false, error: 'not heard of for 40 s' },
          instance('router', 7000, null),
        ],
        schedules,
        last_decision: twoDaysOfDecisions[0],
      },
    },
    'GET /api/schedules': page(schedules),
    'GET /api/training/runs': page([]),
    'GET /api/training/logs/train-home-prices-1': { status: 404, body: { message: 'There is no log yet.' } },
    'POST /api/training/start': { status: 202, body: { job_id: 'train-home-prices-1' } },
    'GET /api/training/status/train-home-prices-1': {
      body: { job_id: 'train-home-prices-1', status: 'running', stage: 'trials', progress: 0.42, version: 'CO4' },
    },
    'POST /api/deploy/rollback': { status: 202, body: {} },
  };
}
