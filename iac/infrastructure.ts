import * as aws from '@pulumi/aws';
import { type Input, interpolate, type Output } from '@pulumi/pulumi';
import { Alarms } from './components/alarms.js';
import { ArtifactBucket } from './components/artifact-bucket.js';
import { AutoScaling, type RequestTarget } from './components/auto-scaling.js';
import { Cache } from './components/cache.js';
import { Database } from './components/database.js';
import { FargateService } from './components/fargate-service.js';
import { ImageRepository } from './components/image-repository.js';
import { LoadBalancer, type PublicService } from './components/load-balancer.js';
import { Network } from './components/network.js';
import { Secrets } from './components/secrets.js';
import { SecurityGroups } from './components/security-groups.js';
import { ServiceRoles } from './components/service-roles.js';
import { secretVariables, serviceVariables } from './service-environment.js';
import { type ServiceName, type Settings, serviceNames } from './settings.js';

export interface Infrastructure {
  /** Point the domain here. */
  readonly loadBalancer: Output<string>;
  readonly bucket: Output<string>;
  readonly repositories: Readonly<Record<string, Output<string>>>;
  readonly cluster: Output<string>;
  /** For one-off tasks such as the migration. */
  readonly controlTask: Output<string>;
  readonly alarmTopic: Output<string>;
}

/** Requests a minute that one task answers with room to spare; docs/load.md says how to measure it anew. */
const requestsPerMinute: Readonly<Partial<Record<ServiceName, number>>> = {
  'infer-prod': 60_000,
  router: 120_000,
  control: 6_000,
};

const images = ['inference', 'router', 'control', 'web', 'worker'] as const;
const imageOf = (service: ServiceName) =>
  (service.startsWith('infer-') ? 'inference' : service) as (typeof images)[number];

/** Everything one environment needs, each concern in its component. */
export function createInfrastructure(settings: Settings): Infrastructure {
  const name = `incumbent-${settings.environment}`;
  const { keepData } = settings;
  const network = new Network(name, settings);
  const groups = new SecurityGroups(name, {
    vpcId: network.vpcId,
    temporalPort: Number(settings.temporal.address.split(':').at(-1)),
  });
  const inside = { subnetIds: network.privateSubnetIds, keepData };
  const bucket = new ArtifactBucket(`${name}-artifacts`, { keepData });
  const database = new Database(name, {
    ...inside,
    securityGroupId: groups.database,
    password: settings.databasePassword,
    size: settings.database,
  });
  const cache = new Cache(name, { ...inside, securityGroupId: groups.cache, size: settings.cache });
  const secrets = new Secrets(name, {
    keepData,
    values: {
      PGPASSWORD: settings.databasePassword,
      AUTH_JWT_SECRET: settings.jwtSecret,
      ...(settings.temporal.kind === 'cloud' ? { TEMPORAL_API_KEY: settings.temporal.apiKey } : {}),
    },
  });
  const repositories = Object.fromEntries(
    images.map((image) => [image, new ImageRepository(`${name}-${image}`, { keepData })]),
  ) as Record<(typeof images)[number], ImageRepository>;
  const balancer = new LoadBalancer(name, {
    vpcId: network.vpcId,
    subnetIds: network.publicSubnetIds,
    securityGroupId: groups.loadBalancer,
    certificateArn: settings.certificateArn,
    keepData,
  });
  const cluster = new aws.ecs.Cluster(name, { settings: [{ name: 'containerInsights', value: 'enabled' }] });

  function createService(service: ServiceName): FargateService {
    const serviceName = `${name}-${service}`;
    const repository = repositories[imageOf(service)];
    const logGroup = new aws.cloudwatch.LogGroup(serviceName, { retentionInDays: settings.logRetentionDays });
    const taskSecrets: Record<string, Input<string>> = Object.fromEntries(
      secretVariables(service, settings).map((variable) => [variable, secrets.arns[variable]!]),
    );
    const roles = new ServiceRoles(serviceName, {
      service,
      prefixes: settings.artifactPrefixes,
      bucketArn: bucket.arn,
      bucketKeyArn: bucket.keyArn,
      repositoryArn: repository.arn,
      logGroupArn: logGroup.arn,
      secretArns: Object.values(taskSecrets),
      secretsKeyArn: secrets.keyArn,
    });
    const targetGroup = service in balancer.targetGroups ? balancer.targetGroups[service as PublicService] : undefined;
    const size = settings.services[service];
    const running = new FargateService(
      serviceName,
      {
        service,
        clusterArn: cluster.arn,
        image: interpolate`${repository.url}:${settings.imageTag}`,
        size,
        region: settings.region,
        logGroup: logGroup.name,
        variables: serviceVariables(service, settings, {
          bucket: bucket.bucket,
          databaseUrl: database.url,
          cacheUrl: cache.url,
        }),
        secrets: taskSecrets,
        roles,
        subnetIds: network.privateSubnetIds,
        securityGroupId: groups.tasks,
        ...(targetGroup ? { targetGroup } : {}),
      },
      { dependsOn: [balancer.listener, roles] },
    );
    const perMinute = requestsPerMinute[service];
    const requests: RequestTarget | undefined = perMinute
      ? {
          perMinute,
          targetGroupSuffix: (targetGroup ?? balancer.targetGroups.router).arnSuffix,
          loadBalancerSuffix: balancer.arnSuffix,
          direct: targetGroup !== undefined,
        }
      : undefined;
    new AutoScaling(serviceName, {
      clusterName: cluster.name,
      serviceName: running.serviceName,
      size,
      cpuPercent: service === 'worker' ? 75 : 60,
      ...(requests ? { requests } : {}),
    });
    return running;
  }
  const services = Object.fromEntries(serviceNames.map((service) => [service, createService(service)])) as Record<
    ServiceName,
    FargateService
  >;
  const alarms = new Alarms(name, {
    ...(settings.alarmEmail === undefined ? {} : { email: settings.alarmEmail }),
    loadBalancerSuffix: balancer.arnSuffix,
    routerTargetsSuffix: balancer.targetGroups.router.arnSuffix,
    databaseIdentifier: database.identifier,
    clusterName: cluster.name,
    services: Object.fromEntries(
      serviceNames.map((service) => [
        service,
        { name: services[service].serviceName, min: settings.services[service].min },
      ]),
    ) as Record<ServiceName, { name: Output<string>; min: number }>,
  });
  return {
    loadBalancer: balancer.dnsName,
    bucket: bucket.bucket,
    repositories: Object.fromEntries(images.map((image) => [image, repositories[image].url])),
    cluster: cluster.name,
    controlTask: services.control.taskDefinitionArn,
    alarmTopic: alarms.topicArn,
  };
}
