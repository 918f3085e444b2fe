/**
 * One id per project for what may run only once at a time: Temporal refuses a second workflow with the id of a running
 * one, so two deliveries of one project never overlap.
 */
export const deliveryId = (project: string) => `${project}-delivery`;
export const trainingId = (project: string) => `${project}-training`;
