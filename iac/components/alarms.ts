import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import type { ServiceName } from '../settings.js';

export interface AlarmsArgs {
  readonly email?: string;
  readonly loadBalancerSuffix: Output<string>;
  readonly routerTargetsSuffix: Output<string>;
  readonly databaseIdentifier: Output<string>;
  readonly clusterName: Output<string>;
  readonly services: Readonly<Record<ServiceName, { readonly name: Output<string>; readonly min: number }>>;
}

interface Rule {
  readonly what: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, Output<string>>;
  readonly statistic?: string;
  readonly percentile?: string;
  readonly compare: 'above' | 'below';
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  readonly missingIsBad?: boolean;
}

/** What somebody must look at now; the finer signals are Prometheus' and Grafana's. */
export class Alarms extends ComponentResource {
  readonly topicArn: Output<string>;

  constructor(name: string, args: AlarmsArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:Alarms', name, {}, options);
    const parent = { parent: this };
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: 'alias/aws/sns' }, parent);
    if (args.email !== undefined) {
      new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: 'email', endpoint: args.email }, parent);
    }
    const alarm = (kind: string, rule: Rule) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${kind}`,
        {
          alarmDescription: rule.what,
          namespace: rule.namespace,
          metricName: rule.metric,
          dimensions: rule.dimensions,
          period: 60,
          evaluationPeriods: rule.minutes,
          comparisonOperator: rule.compare === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
          threshold: rule.threshold,
          treatMissingData: rule.missingIsBad ? 'breaching' : 'notBreaching',
          alarmActions: [topic.arn],
          okActions: [topic.arn],
          ...(rule.percentile ? { extendedStatistic: rule.percentile } : { statistic: rule.statistic ?? 'Sum' }),
        },
        parent,
      );
    const router = { LoadBalancer: args.loadBalancerSuffix, TargetGroup: args.routerTargetsSuffix };
    const alb = { namespace: 'AWS/ApplicationELB', dimensions: router, compare: 'above' } as const;
    const rds = {
      namespace: 'AWS/RDS',
      dimensions: { DBInstanceIdentifier: args.databaseIdentifier },
      statistic: 'Average',
    };

    alarm('errors', {
      ...alb,
      what: 'Predictions fail',
      metric: 'HTTPCode_Target_5XX_Count',
      threshold: 5,
      minutes: 3,
    });
    alarm('slow', {
      ...alb,
      what: 'Predictions are slow (p99, seconds)',
      metric: 'TargetResponseTime',
      percentile: 'p99',
      threshold: 0.5,
      minutes: 5,
    });
    alarm('no-router', {
      ...alb,
      what: 'No healthy router',
      metric: 'HealthyHostCount',
      statistic: 'Minimum',
      compare: 'below',
      threshold: 1,
      minutes: 2,
      missingIsBad: true,
    });
    alarm('database-cpu', {
      ...rds,
      what: 'The database is busy',
      metric: 'CPUUtilization',
      compare: 'above',
      threshold: 80,
      minutes: 15,
    });
    alarm('database-space', {
      ...rds,
      what: 'Less than 10 GB left for the database',
      metric: 'FreeStorageSpace',
      compare: 'below',
      threshold: 10e9,
      minutes: 10,
    });
    alarm('database-connections', {
      ...rds,
      what: 'Connections to the database run out',
      metric: 'DatabaseConnections',
      compare: 'above',
      threshold: 500,
      minutes: 5,
    });
    for (const [service, { name: serviceName, min }] of Object.entries(args.services)) {
      alarm(`tasks-${service}`, {
        what: `Fewer tasks of ${service} than the ${min} it needs`,
        namespace: 'ECS/ContainerInsights',
        metric: 'RunningTaskCount',
        dimensions: { ClusterName: args.clusterName, ServiceName: serviceName },
        statistic: 'Minimum',
        compare: 'below',
        threshold: min,
        minutes: 10,
        missingIsBad: true,
      });
    }
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
