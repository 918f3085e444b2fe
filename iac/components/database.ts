import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from '@pulumi/pulumi';
import type { Sizing } from '../settings.js';

export interface DatabaseArgs {
  readonly subnetIds: Output<string>[];
  readonly securityGroupId: Output<string>;
  readonly password: Input<string>;
  readonly size: Sizing['database'];
  readonly keepData: boolean;
}

/** Postgres: encrypted, TLS only, with point-in-time recovery; Multi-AZ where the environment asks for it. */
export class Database extends ComponentResource {
  readonly identifier: Output<string>;
  /** Without the password: libpq's PGPASSWORD carries that. */
  readonly url: Output<string>;

  constructor(name: string, args: DatabaseArgs, options?: ComponentResourceOptions) {
    super('incumbent:aws:Database', name, {}, options);
    const parent = { parent: this };
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds: args.subnetIds }, parent);
    const parameters = new aws.rds.ParameterGroup(
      name,
      {
        family: 'postgres18',
        parameters: [
          { name: 'rds.force_ssl', value: '1' },
          { name: 'log_min_duration_statement', value: '1000' },
        ],
      },
      parent,
    );
    const key = new aws.kms.Key(name, { description: 'Predictions and decisions', enableKeyRotation: true }, parent);
    const instance = new aws.rds.Instance(
      name,
      {
        engine: 'postgres',
        engineVersion: '18',
        instanceClass: args.size.instanceClass,
        allocatedStorage: args.size.storageGb,
        maxAllocatedStorage: args.size.maxStorageGb,
        storageType: 'gp3',
        storageEncrypted: true,
        kmsKeyId: key.arn,
        dbName: 'incumbent',
        username: 'incumbent',
        password: args.password,
        dbSubnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        vpcSecurityGroupIds: [args.securityGroupId],
        publiclyAccessible: false,
        multiAz: args.size.multiAz,
        backupRetentionPeriod: args.size.backupDays,
        backupWindow: '00:30-01:30', // before the weekly training at 02:00
        maintenanceWindow: 'tue:03:30-tue:04:30',
        copyTagsToSnapshot: true,
        autoMinorVersionUpgrade: true,
        deletionProtection: args.keepData,
        skipFinalSnapshot: !args.keepData,
        ...(args.keepData ? { finalSnapshotIdentifier: `${name}-final` } : {}),
        performanceInsightsEnabled: true,
        enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
      },
      { ...parent, protect: args.keepData },
    );
    this.identifier = instance.identifier;
    this.url = interpolate`postgresql://incumbent@${instance.address}:5432/incumbent?sslmode=verify-full`;
    this.registerOutputs({ identifier: this.identifier });
  }
}
