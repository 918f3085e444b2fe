import { createInfrastructure } from './infrastructure.js';
import { readSettings } from './read-settings.js';

export const { loadBalancer, bucket, repositories, cluster, controlTask, alarmTopic } = createInfrastructure(
  readSettings(),
);
