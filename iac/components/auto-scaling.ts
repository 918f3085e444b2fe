import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from '@pulumi/pulumi';
import type { TaskSize } from '../settings.js';

/** Requests that one task is to answer in a minute, and where they are counted. */
export interface RequestTarget {
  readonly perMinute: number;
  /** Of the load balancer's target group that the requests come through. */
  readonly targetGroupSuffix: Output<string>;
  readonly loadBalancerSuffix: Output<string>;
  /** Whether the tasks themselves are that group's targets; otherwise they stand behind those (inference behind the router). */
  readonly direct: boolean;
}

export interface AutoScalingArgs {
  readonly clusterName: Output<string>;
  readonly serviceName: Output<string>;
  readonly size: TaskSize;
  readonly cpuPercent: number;
  readonly requests?: RequestTarget;
}

/** Target tracking on CPU and, where requests come in, on requests per task. The higher demand of the two wins. */
export class AutoScaling extends ComponentResource {
  constructor(name: string, args: AutoScalingArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:AutoScaling', name, {}, options);
    const parent = { parent: this };
    const target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: 'ecs',
        scalableDimension: 'ecs:service:DesiredCount',
        resourceId: interpolate`service/${args.clusterName}/${args.serviceName}`,
        minCapacity: args.size.min,
        maxCapacity: args.size.max,
      },
      parent,
    );
    type Tracking = aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration;
    const track = (kind: string, configuration: Omit<Tracking, 'scaleInCooldown' | 'scaleOutCooldown'>) =>
      new aws.appautoscaling.Policy(
        `${name}-${kind}`,
        {
          policyType: 'TargetTrackingScaling',
          serviceNamespace: target.serviceNamespace,
          scalableDimension: target.scalableDimension,
          resourceId: target.resourceId,
          // out fast, in slowly
          targetTrackingScalingPolicyConfiguration: { ...configuration, scaleOutCooldown: 30, scaleInCooldown: 300 },
        },
        parent,
      );
    track('cpu', {
      targetValue: args.cpuPercent,
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    });
    if (args.requests) {
      track('requests', {
        targetValue: args.requests.perMinute,
        ...(args.requests.direct ? countedByTarget(args.requests) : countedUpstream(args, args.requests)),
      });
    }
    this.registerOutputs({});
  }
}

function countedByTarget({ loadBalancerSuffix, targetGroupSuffix }: RequestTarget) {
  return {
    predefinedMetricSpecification: {
      predefinedMetricType: 'ALBRequestCountPerTarget',
      resourceLabel: interpolate`${loadBalancerSuffix}/${targetGroupSuffix}`,
    },
  };
}

/** What reached the router in a minute, divided by the tasks that run behind it. */
function countedUpstream(
  { clusterName, serviceName }: AutoScalingArgs,
  { targetGroupSuffix, loadBalancerSuffix }: RequestTarget,
) {
  const metric = (namespace: string, metricName: string, dimensions: Record<string, Output<string>>, stat: string) => ({
    metric: {
      namespace,
      metricName,
      dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
    },
    stat,
  });
  return {
    customizedMetricSpecification: {
      metrics: [
        {
          id: 'requests',
          returnData: false,
          metricStat: metric(
            'AWS/ApplicationELB',
            'RequestCount',
            { LoadBalancer: loadBalancerSuffix, TargetGroup: targetGroupSuffix },
            'Sum',
          ),
        },
        {
          id: 'tasks',
          returnData: false,
          metricStat: metric(
            'ECS/ContainerInsights',
            'RunningTaskCount',
            { ClusterName: clusterName, ServiceName: serviceName },
            'Average',
          ),
        },
        { id: 'share', expression: 'requests / tasks', label: 'Requests per task', returnData: true },
      ],
    },
  };
}
