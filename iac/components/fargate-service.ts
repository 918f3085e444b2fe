import * as aws from '@pulumi/aws';
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Output, output } from '@pulumi/pulumi';
import { containerDefinitions, volumes } from '../container-definitions.js';
import { ports } from '../ports.js';
import type { ServiceName, TaskSize } from '../settings.js';

export interface FargateServiceArgs {
  readonly service: ServiceName;
  readonly clusterArn: Output<string>;
  readonly image: Input<string>;
  readonly size: TaskSize;
  readonly region: string;
  readonly logGroup: Output<string>;
  readonly variables: Readonly<Record<string, Input<string>>>;
  readonly secrets: Readonly<Record<string, Input<string>>>;
  readonly roles: { readonly executionRoleArn: Output<string>; readonly taskRoleArn: Output<string> };
  readonly subnetIds: Output<string>[];
  readonly securityGroupId: Output<string>;
  readonly targetGroup?: aws.lb.TargetGroup;
}

/** A service of the product on Fargate. A release that does not become healthy is taken back by ECS itself. */
export class FargateService extends ComponentResource {
  readonly serviceName: Output<string>;
  readonly taskDefinitionArn: Output<string>;

  constructor(name: string, args: FargateServiceArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:FargateService', name, {}, options);
    const parent = { parent: this };
    const { service, size, region } = args;
    const task = new aws.ecs.TaskDefinition(
      name,
      {
        family: name,
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
        cpu: String(size.cpu),
        memory: String(size.memory),
        executionRoleArn: args.roles.executionRoleArn,
        taskRoleArn: args.roles.taskRoleArn,
        volumes: volumes.map((volume) => ({ name: volume })),
        containerDefinitions: all([
          output(args.image),
          args.logGroup,
          output({ ...args.variables }),
          output({ ...args.secrets }),
        ]).apply(([image, logGroup, variables, secrets]) =>
          JSON.stringify(containerDefinitions({ service, image, size, region, logGroup, variables, secrets })),
        ),
      },
      parent,
    );
    const running = new aws.ecs.Service(
      name,
      {
        cluster: args.clusterArn,
        taskDefinition: task.arn,
        launchType: 'FARGATE',
        desiredCount: size.min,
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: false,
        },
        propagateTags: 'SERVICE',
        ...(args.targetGroup
          ? {
              healthCheckGracePeriodSeconds: 60,
              loadBalancers: [
                { targetGroupArn: args.targetGroup.arn, containerName: service, containerPort: ports[service] },
              ],
            }
          : {}),
      },
      // the number of tasks is the auto-scaler's business from the first minute on
      { ...parent, ignoreChanges: ['desiredCount'] },
    );
    this.serviceName = running.name;
    this.taskDefinitionArn = task.arn;
    this.registerOutputs({ serviceName: this.serviceName });
  }
}
