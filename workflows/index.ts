// The bundle entry: everything exported here is a workflow type by its name.
export { batchPredict } from './batch-predict.js';
export { changeExperiment } from './change-experiment.js';
export { deploy } from './deploy.js';
export { evaluateExperiment } from './evaluate-experiment.js';
export { guardExperiment } from './guard-experiment.js';
export { monitorDrift } from './monitor-drift.js';
export { promote } from './promote.js';
export { promoteWithApproval } from './promote-with-approval.js';
export { rollback } from './rollback.js';
export { sendNotification } from './send-notification.js';
export { stopExperiment } from './stop-experiment.js';
export { trainCandidate } from './train-candidate.js';
