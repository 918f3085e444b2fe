import { type PolicyDocument, policy } from './policy-document.js';

/** Only ECS tasks of this account take the role. */
export function assumeByTasks(accountId: string): PolicyDocument {
  return policy({
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  });
}
