/**
 * One id per project for what may run only once at a time: Temporal refuses a second workflow with the id of a running
 * one, so two deliveries of one project never overlap.
 */
export const deliveryId = (project: string) => `${project}-delivery`;
export const trainingId = (project: string) => `${project}-training`;

/** @param unique an id that no other job has */
export const batchId = (project: string, unique: string) => `${project}-batch-${unique}`;
export const projectOfBatch = (id: string) => id.slice(0, id.lastIndexOf('-batch-'));
/** One promotion of a project waits for a person at a time. */
export const approvalId = (project: string) => `${project}-approval`;
/** Watches one open experiment. */
export const guardId = (project: string, experimentId: number) => `${project}-guard-${experimentId}`;
