import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';

export interface NetworkArgs {
  /** A /16, for example 10.20.0.0/16. */
  readonly cidr: string;
  readonly region: string;
  readonly zones: number;
  readonly natGateways: number;
}

/** A VPC with public subnets for the load balancer and private ones for everything else; S3 is reached without NAT. */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>;
  readonly cidr: string;
  readonly publicSubnetIds: Output<string>[];
  readonly privateSubnetIds: Output<string>[];

  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:Network', name, {}, options);
    const parent = { parent: this };
    this.cidr = args.cidr;
    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: args.cidr, enableDnsHostnames: true, enableDnsSupport: true },
      parent,
    );
    this.vpcId = vpc.id;
    // the default group admits everything inside itself: without rules nothing can lean on it by mistake
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [] }, parent);
    const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id }, parent);
    const zones = aws.getAvailabilityZonesOutput({ state: 'available' }, parent).names;
    const block = cidrBlocks(args.cidr);
    const subnet = (kind: string, index: number, offset: number) =>
      new aws.ec2.Subnet(
        `${name}-${kind}-${index}`,
        {
          vpcId: vpc.id,
          availabilityZone: zones.apply((all) => all[index % all.length]!),
          cidrBlock: block(index + offset),
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-${kind}-${index}` },
        },
        parent,
      );
    const indexes = Array.from({ length: args.zones }, (_, index) => index);
    const publicSubnets = indexes.map((index) => subnet('public', index, 0));
    const privateSubnets = indexes.map((index) => subnet('private', index, 8));

    const route = (kind: string, target: Partial<aws.ec2.RouteArgs>) => {
      const table = new aws.ec2.RouteTable(`${name}-${kind}`, { vpcId: vpc.id }, parent);
      new aws.ec2.Route(
        `${name}-${kind}`,
        { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', ...target },
        parent,
      );
      return table;
    };
    const associate = (kind: string, subnetId: Output<string>, routeTableId: Output<string>) =>
      new aws.ec2.RouteTableAssociation(`${name}-${kind}`, { subnetId, routeTableId }, parent);

    const publicTable = route('public', { gatewayId: gateway.id });
    publicSubnets.forEach(({ id }, index) => {
      associate(`public-${index}`, id, publicTable.id);
    });
    const privateTables = publicSubnets.slice(0, args.natGateways).map(({ id }, index) => {
      const address = new aws.ec2.Eip(`${name}-nat-${index}`, { domain: 'vpc' }, parent);
      const nat = new aws.ec2.NatGateway(
        `${name}-${index}`,
        { subnetId: id, allocationId: address.id },
        { ...parent, dependsOn: gateway },
      );
      return route(`private-${index}`, { natGatewayId: nat.id });
    });
    privateSubnets.forEach(({ id }, index) => {
      associate(`private-${index}`, id, privateTables[index % privateTables.length]!.id);
    });
    new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${args.region}.s3`,
        vpcEndpointType: 'Gateway',
        routeTableIds: privateTables.map(({ id }) => id),
      },
      parent,
    );
    this.publicSubnetIds = publicSubnets.map(({ id }) => id);
    this.privateSubnetIds = privateSubnets.map(({ id }) => id);
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

/** The n-th /20 of a /16. */
function cidrBlocks(cidr: string): (n: number) => string {
  const match = /^(\d+\.\d+)\.0\.0\/16$/.exec(cidr);
  if (!match) throw new Error(`cidr is ${cidr}: a /16 such as 10.20.0.0/16 is needed`);
  return (n) => `${match[1]}.${n * 16}.0/20`;
}
