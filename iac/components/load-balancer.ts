import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import { ports } from '../ports.js';

export const publicServices = ['router', 'control', 'web'] as const;
export type PublicService = (typeof publicServices)[number];

export interface LoadBalancerArgs {
  readonly vpcId: Output<string>;
  readonly subnetIds: Output<string>[];
  readonly securityGroupId: Output<string>;
  readonly certificateArn: string;
  readonly keepData: boolean;
}

const healthPaths = { router: '/router/health', control: '/api/health', web: '/' } as const;

/**
 * One origin for all, as the web app expects it: /api/… are predictions, /control/… the control API (whose own paths
 * begin with /api), everything else is the app. HTTPS only.
 */
export class LoadBalancer extends ComponentResource {
  readonly dnsName: Output<string>;
  readonly arnSuffix: Output<string>;
  readonly targetGroups: Readonly<Record<PublicService, aws.lb.TargetGroup>>;
  readonly listener: aws.lb.Listener;

  constructor(name: string, args: LoadBalancerArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:LoadBalancer', name, {}, options);
    const parent = { parent: this };
    const balancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: 'application',
        internal: false,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: args.keepData,
        idleTimeout: 75,
      },
      parent,
    );
    const target = (service: PublicService) =>
      // AWS allows 32 characters, of which Pulumi takes 8 to tell a group from its successor
      new aws.lb.TargetGroup(
        `${service}-targets`,
        {
          vpcId: args.vpcId,
          port: ports[service],
          protocol: 'HTTP',
          targetType: 'ip',
          deregistrationDelay: 30,
          healthCheck: { path: healthPaths[service], interval: 10, healthyThreshold: 2, unhealthyThreshold: 3 },
        },
        parent,
      );
    this.targetGroups = { router: target('router'), control: target('control'), web: target('web') };
    const forward = (service: PublicService) => [{ type: 'forward', targetGroupArn: this.targetGroups[service].arn }];
    this.listener = new aws.lb.Listener(
      name,
      {
        loadBalancerArn: balancer.arn,
        port: 443,
        protocol: 'HTTPS',
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        certificateArn: args.certificateArn,
        defaultActions: forward('web'),
      },
      parent,
    );
    new aws.lb.ListenerRule(
      `${name}-predictions`,
      {
        listenerArn: this.listener.arn,
        priority: 10,
        conditions: [{ pathPattern: { values: ['/api/*', '/v2', '/v2/*', '/predict'] } }],
        actions: forward('router'),
      },
      parent,
    );
    new aws.lb.ListenerRule(
      `${name}-control`,
      {
        listenerArn: this.listener.arn,
        priority: 20,
        conditions: [{ pathPattern: { values: ['/control/*'] } }],
        transforms: [
          { type: 'url-rewrite', urlRewriteConfig: { rewrite: { regex: '^/control/(.*)$', replace: '/api/$1' } } },
        ],
        actions: forward('control'),
      },
      parent,
    );
    this.dnsName = balancer.dnsName;
    this.arnSuffix = balancer.arnSuffix;
    this.registerOutputs({ dnsName: this.dnsName });
  }
}
