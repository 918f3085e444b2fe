import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from '@pulumi/pulumi';
import type { Sizing } from '../settings.js';

export interface CacheArgs {
  readonly subnetIds: Output<string>[];
  readonly securityGroupId: Output<string>;
  readonly size: Sizing['cache'];
}

/** Redis: encrypted at rest and on the way, with a standby in another zone as soon as there are two nodes. */
export class Cache extends ComponentResource {
  readonly groupId: Output<string>;
  readonly url: Output<string>;

  constructor(name: string, args: CacheArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:Cache', name, {}, options);
    const parent = { parent: this };
    const subnets = new aws.elasticache.SubnetGroup(name, { subnetIds: args.subnetIds }, parent);
    const replicated = args.size.nodes > 1;
    const group = new aws.elasticache.ReplicationGroup(
      name,
      {
        description: 'Feature cache',
        engine: 'valkey',
        engineVersion: '8.0',
        nodeType: args.size.nodeType,
        numCacheClusters: args.size.nodes,
        automaticFailoverEnabled: replicated,
        multiAzEnabled: replicated,
        subnetGroupName: subnets.name,
        securityGroupIds: [args.securityGroupId],
        atRestEncryptionEnabled: true,
        transitEncryptionEnabled: true,
      },
      parent,
    );
    this.groupId = group.id;
    this.url = interpolate`rediss://${group.primaryEndpointAddress}:6379`;
    this.registerOutputs({ url: this.url });
  }
}
