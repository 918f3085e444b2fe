import { type PolicyDocument, policy, type Statement } from './policy-document.js';

export interface StartTasksArgs {
  readonly repositoryArn: string;
  readonly logGroupArn: string;
  readonly secretArns: readonly string[];
  readonly secretsKeyArn: string;
}

/** What ECS itself needs to start a task of one service: its image, its log, its own secrets. */
export function startTasks({ repositoryArn, logGroupArn, secretArns, secretsKeyArn }: StartTasksArgs): PolicyDocument {
  const secrets: Statement[] =
    secretArns.length === 0
      ? []
      : [
          { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArns },
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: secretsKeyArn },
        ];
  return policy(
    // has no resource to be limited to
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      Resource: repositoryArn,
    },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroupArn}:*` },
    ...secrets,
  );
}
