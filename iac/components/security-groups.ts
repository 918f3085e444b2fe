import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi';
import { ports } from '../ports.js';

type Peer = { readonly group: Output<string> } | { readonly cidr: Input<string> };

/** Who may talk to whom. Only the load balancer is open to the world, on 443; everything else names its peer. */
export class SecurityGroups extends ComponentResource {
  readonly loadBalancer: Output<string>;
  readonly tasks: Output<string>;
  readonly database: Output<string>;
  readonly cache: Output<string>;

  constructor(
    name: string,
    args: { readonly vpcId: Output<string>; readonly temporalPort: number },
    options?: ComponentResourceOptions,
  ) {
    super('incumbent:aws:SecurityGroups', name, {}, options);
    const parent = { parent: this };
    const group = (kind: string, description: string) =>
      new aws.ec2.SecurityGroup(`${name}-${kind}`, { vpcId: args.vpcId, description }, parent).id;
    const address = (peer: Peer) =>
      'group' in peer ? { referencedSecurityGroupId: peer.group } : { cidrIpv4: peer.cidr };
    const rule = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
    const admit = (kind: string, securityGroupId: Output<string>, port: number, from: Peer) =>
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${kind}`,
        { securityGroupId, ...rule(port), ...address(from) },
        parent,
      );
    const allow = (kind: string, securityGroupId: Output<string>, port: number, to: Peer) =>
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-${kind}`,
        { securityGroupId, ...rule(port), ...address(to) },
        parent,
      );
    const world = { cidr: '0.0.0.0/0' };

    this.loadBalancer = group('alb', 'Load balancer: HTTPS from anywhere');
    this.tasks = group('tasks', 'The services');
    this.database = group('database', 'Postgres, from the services only');
    this.cache = group('cache', 'Redis, from the services only');

    admit('alb-https', this.loadBalancer, 443, world);
    for (const part of ['router', 'control', 'web'] as const) {
      allow(`alb-${part}`, this.loadBalancer, ports[part], { group: this.tasks });
      admit(`tasks-${part}`, this.tasks, ports[part], { group: this.loadBalancer });
    }
    for (const part of ['infer-prod', 'infer-cand'] as const) {
      admit(`tasks-${part}`, this.tasks, ports[part], { group: this.tasks });
      allow(`tasks-${part}`, this.tasks, ports[part], { group: this.tasks });
    }
    admit('database', this.database, 5432, { group: this.tasks });
    allow('tasks-database', this.tasks, 5432, { group: this.database });
    admit('cache', this.cache, 6379, { group: this.tasks });
    allow('tasks-cache', this.tasks, 6379, { group: this.cache });
    // S3, ECR, Secrets Manager and CloudWatch answer on 443, Temporal on its own port
    allow('tasks-https', this.tasks, 443, world);
    if (args.temporalPort !== 443) allow('tasks-temporal', this.tasks, args.temporalPort, world);
    this.registerOutputs({});
  }
}
