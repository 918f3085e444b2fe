/** Workflows and quick steps. */
export const ORCHESTRATION_QUEUE = 'orchestration';
/** Steps that need processor time and memory; add workers here to train faster. */
export const TRAINING_QUEUE = 'training';
/** Chunks of tables to predict: apart from training, so that neither waits for the other. */
export const BATCH_QUEUE = 'batch';
