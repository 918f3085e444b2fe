/** What the activities need from outside, by subject. The adapters make it real. */
export type * from './ports/ab-tests.js';
export type * from './ports/approvals.js';
export type * from './ports/artifacts.js';
export type * from './ports/audit.js';
export type * from './ports/batch.js';
export type * from './ports/datasets.js';
export type * from './ports/decisions.js';
export type * from './ports/delivery.js';
export type * from './ports/drift.js';
export type * from './ports/experiments.js';
export type * from './ports/models.js';
export type * from './ports/notifications.js';
export type * from './ports/predictions.js';
export type * from './ports/runs.js';
export type * from './ports/training.js';
