import * as aws from '@pulumi/aws';
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi';
import { assumeByTasks } from '../policies/assume-by-tasks.js';
import { bucketAccess } from '../policies/bucket-access.js';
import { startTasks } from '../policies/start-tasks.js';
import type { ServiceName } from '../settings.js';

export interface ServiceRolesArgs {
  readonly service: ServiceName;
  readonly prefixes: readonly string[];
  readonly bucketArn: Output<string>;
  readonly bucketKeyArn: Output<string>;
  readonly repositoryArn: Output<string>;
  readonly logGroupArn: Output<string>;
  readonly secretArns: readonly Input<string>[];
  readonly secretsKeyArn: Output<string>;
}

/** The two roles of a service: what ECS needs to start its tasks, and what the tasks themselves may do. */
export class ServiceRoles extends ComponentResource {
  readonly executionRoleArn: Output<string>;
  readonly taskRoleArn: Output<string>;

  constructor(name: string, args: ServiceRolesArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:ServiceRoles', name, {}, options);
    const parent = { parent: this };
    const assumeRolePolicy = aws
      .getCallerIdentityOutput({}, parent)
      .accountId.apply((account) => JSON.stringify(assumeByTasks(account)));
    const execution = new aws.iam.Role(`${name}-start`, { assumeRolePolicy }, parent);
    new aws.iam.RolePolicy(
      `${name}-start`,
      {
        role: execution.id,
        policy: all([args.repositoryArn, args.logGroupArn, all([...args.secretArns]), args.secretsKeyArn]).apply(
          ([repositoryArn, logGroupArn, secretArns, secretsKeyArn]) =>
            JSON.stringify(startTasks({ repositoryArn, logGroupArn, secretArns, secretsKeyArn })),
        ),
      },
      parent,
    );
    const task = new aws.iam.Role(`${name}-task`, { assumeRolePolicy }, parent);
    const { prefixes, service } = args;
    if (bucketAccess(service, { bucketArn: '', keyArn: '', prefixes })) {
      new aws.iam.RolePolicy(
        `${name}-bucket`,
        {
          role: task.id,
          policy: all([args.bucketArn, args.bucketKeyArn]).apply(([bucketArn, keyArn]) =>
            JSON.stringify(bucketAccess(service, { bucketArn, keyArn, prefixes })),
          ),
        },
        parent,
      );
    }
    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
    this.registerOutputs({});
  }
}
