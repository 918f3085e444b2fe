import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { PolicyDocument } from '../policies/policy-document.js';
import { sizes } from '../settings.js';
import { ofType, type PlannedResource, plan, secretValues, settingsOf } from './planned.js';

for (const environment of Object.keys(sizes) as (keyof typeof sizes)[]) {
  describe(environment, () => {
    let resources: PlannedResource[];
    before(async () => {
      ({ resources } = await plan(settingsOf(environment)));
    });
    const all = (type: string) => {
      const found = ofType(resources, type);
      assert.ok(found.length > 0, `there is no ${type} to look at`);
      return found;
    };
    /** The resources of a type that configure this bucket. */
    const about = (type: string, bucket: string) =>
      ofType(resources, type).filter(({ inputs }) => inputs.bucket === bucket);

    test('every bucket is closed to the public, encrypted with a KMS key, versioned and reached by TLS only', () => {
      for (const { name } of all('aws:s3/bucket:Bucket')) {
        const bucket = `${name}-id`;
        const [access] = about('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', bucket);
        assert.deepEqual(access?.inputs, {
          bucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        });
        const [encryption] = about(
          'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
          bucket,
        );
        assert.equal(encryption?.inputs.rules[0].applyServerSideEncryptionByDefault.sseAlgorithm, 'aws:kms');
        const [versioning] = about('aws:s3/bucketVersioning:BucketVersioning', bucket);
        assert.equal(versioning?.inputs.versioningConfiguration.status, 'Enabled');
        assert.equal(about('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', bucket).length, 1);
        const [policy] = about('aws:s3/bucketPolicy:BucketPolicy', bucket);
        const [statement] = (JSON.parse(policy?.inputs.policy) as PolicyDocument).Statement;
        assert.equal(statement?.Effect, 'Deny');
        assert.deepEqual(statement?.Condition, { Bool: { 'aws:SecureTransport': 'false' } });
      }
    });

    test('only the load balancer is open to the world, and only on 443', () => {
      const rules = all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
      const open = rules.filter(({ inputs }) => inputs.cidrIpv4 !== undefined || inputs.cidrIpv6 !== undefined);
      assert.deepEqual(
        open.map(({ inputs }) => [inputs.securityGroupId, inputs.cidrIpv4, inputs.fromPort, inputs.toPort]),
        [[`incumbent-${environment}-alb-id`, '0.0.0.0/0', 443, 443]],
      );
      for (const { name, inputs } of all('aws:ec2/securityGroup:SecurityGroup')) {
        assert.equal(inputs.ingress, undefined, `${name} has rules of its own`);
      }
      assert.deepEqual(all('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')[0]?.inputs.ingress, []);
      assert.deepEqual(
        all('aws:lb/listener:Listener').map(({ inputs }) => [inputs.port, inputs.protocol]),
        [[443, 'HTTPS']],
      );
    });

    test('no role may do everything of a kind, or anything to everything', () => {
      for (const { name, inputs } of all('aws:iam/rolePolicy:RolePolicy')) {
        for (const { Effect, Action, Resource } of (JSON.parse(inputs.policy) as PolicyDocument).Statement) {
          assert.equal(Effect, 'Allow');
          for (const action of [Action].flat()) assert.doesNotMatch(action, /\*/, `${name} allows ${action}`);
          const toEverything = [Resource].flat().includes('*');
          assert.ok(!toEverything || Action === 'ecr:GetAuthorizationToken', `${name} reaches everything`);
        }
      }
      assert.deepEqual(ofType(resources, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment'), []);
    });

    test('secrets are nowhere but in Secrets Manager and the database’s own password', () => {
      const holders = resources.filter(({ inputs }) =>
        Object.values(secretValues).some((value) => JSON.stringify(inputs).includes(value)),
      );
      assert.deepEqual(
        new Set(holders.map(({ type }) => type)),
        new Set(['aws:secretsmanager/secretVersion:SecretVersion', 'aws:rds/instance:Instance']),
      );
      for (const { inputs } of all('aws:ecs/taskDefinition:TaskDefinition')) {
        for (const { environment = [], secrets = [] } of JSON.parse(inputs.containerDefinitions)) {
          const plain = environment.map(({ name }: { name: string }) => name);
          assert.deepEqual(
            plain.filter((name: string) => /PASSWORD|SECRET|API_KEY|TOKEN/.test(name)),
            [],
          );
          for (const { valueFrom } of secrets) assert.match(valueFrom, /^arn:aws:secretsmanager:/);
        }
      }
    });

    test('the database and the cache are encrypted and out of the public’s reach', () => {
      const [database] = all('aws:rds/instance:Instance');
      assert.equal(database?.inputs.publiclyAccessible, false);
      assert.equal(database?.inputs.storageEncrypted, true);
      assert.ok(database?.inputs.backupRetentionPeriod >= 1);
      const [parameters] = all('aws:rds/parameterGroup:ParameterGroup');
      assert.ok(
        parameters?.inputs.parameters.some(
          ({ name, value }: Record<string, string>) => name === 'rds.force_ssl' && value === '1',
        ),
      );
      const [cache] = all('aws:elasticache/replicationGroup:ReplicationGroup');
      assert.equal(cache?.inputs.atRestEncryptionEnabled, true);
      assert.equal(cache?.inputs.transitEncryptionEnabled, true);
    });

    test('tasks have no public address, and services run without root, capabilities or a writable root file system', () => {
      for (const { inputs } of all('aws:ecs/service:Service')) {
        assert.equal(inputs.networkConfiguration.assignPublicIp, false);
      }
      for (const { name, inputs } of all('aws:ecs/taskDefinition:TaskDefinition')) {
        const main = JSON.parse(inputs.containerDefinitions).find(({ essential }: { essential: boolean }) => essential);
        assert.equal(main.user, '1000', name);
        assert.equal(main.readonlyRootFilesystem, true, name);
        assert.deepEqual(main.linuxParameters.capabilities, { drop: ['ALL'] }, name);
      }
    });

    test('every KMS key is rotated', () => {
      for (const { inputs } of all('aws:kms/key:Key')) assert.equal(inputs.enableKeyRotation, true);
    });
  });
}
