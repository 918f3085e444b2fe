/** Workflows and quick steps. */
export const ORCHESTRATION_QUEUE = 'orchestration';
/** Steps that need processor time and memory; add workers here to train faster. */
export const TRAINING_QUEUE = 'training';
