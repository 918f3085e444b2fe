import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceNames } from '../settings.js';
import { ofType, type PlannedResource, plan, settingsOf } from './planned.js';

const containersOf = (resources: readonly PlannedResource[], service: string) => {
  const task = ofType(resources, 'aws:ecs/taskDefinition:TaskDefinition').find(({ name }) => name.endsWith(service));
  return JSON.parse(task?.inputs.containerDefinitions);
};
const mainOf = (resources: readonly PlannedResource[], service: string) => containersOf(resources, service).at(-1);
const variable = (container: { environment: { name: string; value: string }[] }, name: string) =>
  container.environment.find((entry) => entry.name === name)?.value;

test('production survives the loss of a zone: a subnet and a NAT gateway in each of three, a standby database and cache', async () => {
  const { resources } = await plan(settingsOf('prod'));
  const subnets = ofType(resources, 'aws:ec2/subnet:Subnet');
  assert.deepEqual(new Set(subnets.map(({ inputs }) => inputs.availabilityZone)), new Set(['a', 'b', 'c']));
  assert.equal(new Set(subnets.map(({ inputs }) => inputs.cidrBlock)).size, 6);
  assert.equal(ofType(resources, 'aws:ec2/natGateway:NatGateway').length, 3);
  const [database] = ofType(resources, 'aws:rds/instance:Instance');
  assert.equal(database?.inputs.multiAz, true);
  assert.equal(database?.inputs.backupRetentionPeriod, 35);
  assert.equal(database?.inputs.deletionProtection, true);
  assert.equal(database?.inputs.skipFinalSnapshot, false);
  const [cache] = ofType(resources, 'aws:elasticache/replicationGroup:ReplicationGroup');
  assert.equal(cache?.inputs.automaticFailoverEnabled, true);
});

test('a development environment can be thrown away', async () => {
  const { resources } = await plan(settingsOf('dev'));
  assert.equal(ofType(resources, 'aws:rds/instance:Instance')[0]?.inputs.deletionProtection, false);
  assert.equal(ofType(resources, 'aws:s3/bucket:Bucket')[0]?.inputs.forceDestroy, true);
  assert.equal(ofType(resources, 'aws:ec2/natGateway:NatGateway').length, 1);
});

test('every service runs, rolls a bad release back by itself, scales on CPU and has an alarm for missing tasks', async () => {
  const { resources } = await plan(settingsOf('prod'));
  const names = serviceNames.map((service) => `incumbent-prod-${service}`).sort();
  const services = ofType(resources, 'aws:ecs/service:Service');
  assert.deepEqual(services.map(({ name }) => name).sort(), names);
  for (const { inputs } of services) {
    assert.deepEqual(inputs.deploymentCircuitBreaker, { enable: true, rollback: true });
    assert.equal(inputs.deploymentMinimumHealthyPercent, 100);
  }
  const policies = ofType(resources, 'aws:appautoscaling/policy:Policy');
  assert.deepEqual(
    policies
      .filter(({ name }) => name.endsWith('-cpu'))
      .map(({ name }) => name.slice(0, -4))
      .sort(),
    names,
  );
  const alarms = ofType(resources, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(({ name }) => name);
  for (const service of serviceNames) assert.ok(alarms.includes(`incumbent-prod-tasks-${service}`), service);
});

test('what answers requests scales on them: at the load balancer itself, or by what its router forwards', async () => {
  const { resources } = await plan(settingsOf('prod'));
  const configuration = (service: string) =>
    ofType(resources, 'aws:appautoscaling/policy:Policy').find(
      ({ name }) => name === `incumbent-prod-${service}-requests`,
    )?.inputs.targetTrackingScalingPolicyConfiguration;
  assert.deepEqual(configuration('router').predefinedMetricSpecification, {
    predefinedMetricType: 'ALBRequestCountPerTarget',
    resourceLabel: 'incumbent-prod/router-targets',
  });
  const { metrics } = configuration('infer-prod').customizedMetricSpecification;
  assert.deepEqual(
    metrics
      .filter(({ returnData }: { returnData: boolean }) => returnData)
      .map(({ expression }: { expression: string }) => expression),
    ['requests / tasks'],
  );
  assert.equal(configuration('worker'), undefined);
});

test('Temporal Cloud is reached with an API key from Secrets Manager', async () => {
  const { resources } = await plan(settingsOf('prod'));
  for (const service of ['worker', 'control']) {
    const container = mainOf(resources, service);
    assert.equal(variable(container, 'TEMPORAL_ADDRESS'), 'us-east-1.aws.api.temporal.io:7233');
    assert.ok(
      container.secrets.some(({ name }: { name: string }) => name === 'TEMPORAL_API_KEY'),
      service,
    );
  }
  assert.ok(!mainOf(resources, 'router').secrets.some(({ name }: { name: string }) => name === 'TEMPORAL_API_KEY'));
});

test('a cluster of one’s own needs no key, and its port is let through', async () => {
  const temporal = { kind: 'own', address: 'temporal.internal:17233', namespace: 'default', tls: true } as const;
  const { resources } = await plan(settingsOf('dev', { temporal }));
  const container = mainOf(resources, 'worker');
  assert.equal(variable(container, 'TEMPORAL_TLS'), 'true');
  assert.deepEqual(
    container.secrets.map(({ name }: { name: string }) => name),
    ['PGPASSWORD'],
  );
  const egress = ofType(resources, 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule');
  assert.ok(egress.some(({ inputs }) => inputs.fromPort === 17233));
});

test('the address of an instance is its own, and its volumes are prepared before it starts', async () => {
  const { resources } = await plan(settingsOf('staging'));
  const [prepare, main] = containersOf(resources, 'infer-cand');
  assert.equal(prepare.essential, false);
  assert.deepEqual(main.dependsOn, [{ containerName: 'prepare', condition: 'SUCCESS' }]);
  assert.equal(variable(main, 'SLOT'), 'candidate');
  // an empty entry point would leave the image's own in force
  assert.deepEqual(
    [prepare.entryPoint, main.entryPoint],
    [
      ['node', '-e'],
      ['sh', '-c'],
    ],
  );
  assert.match(main.command.at(-1), /INSTANCE_ADDRESS="\$\(hostname -i\):6002"/);
});

test('the app, the predictions and the control API share one origin', async () => {
  const { resources } = await plan(settingsOf('staging'));
  const rules = ofType(resources, 'aws:lb/listenerRule:ListenerRule').map(({ inputs }) => [
    inputs.conditions[0].pathPattern.values[0],
    inputs.transforms?.[0].urlRewriteConfig.rewrite.replace,
  ]);
  assert.deepEqual(rules, [
    ['/api/*', undefined],
    ['/control/*', '/api/$1'],
  ]);
});

test('a network that is not a /16 is refused', async () => {
  await assert.rejects(plan(settingsOf('dev', { cidr: '10.0.0.0/24' })), /10\.0\.0\.0\/24: a \/16/);
});

test('names leave room for the suffix that Pulumi adds, in the environment with the longest name', async () => {
  const { resources } = await plan(settingsOf('staging'));
  const limits = {
    'aws:lb/targetGroup:TargetGroup': 32,
    'aws:lb/loadBalancer:LoadBalancer': 32,
    'aws:iam/role:Role': 64,
  };
  for (const [type, limit] of Object.entries(limits)) {
    const found = ofType(resources, type);
    assert.ok(found.length > 0, type);
    for (const { name } of found) assert.ok(name.length + 8 <= limit, `${name} is too long for ${type}`);
  }
});
