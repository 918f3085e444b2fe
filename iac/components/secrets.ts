import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Input, type Output, secret } from '@pulumi/pulumi';

/** Secrets Manager entries under one KMS key, by the variable that a task finds them in. */
export class Secrets extends ComponentResource {
  readonly arns: Readonly<Record<string, Output<string>>>;
  readonly keyArn: Output<string>;

  constructor(
    name: string,
    args: { readonly values: Readonly<Record<string, Input<string>>>; readonly keepData: boolean },
    options?: ComponentResourceOptions,
  ) {
    super('incumbent:aws:Secrets', name, {}, options);
    const parent = { parent: this };
    const key = new aws.kms.Key(name, { description: 'Secrets', enableKeyRotation: true }, parent);
    this.keyArn = key.arn;
    this.arns = Object.fromEntries(
      Object.entries(args.values).map(([variable, value]) => {
        const entry = new aws.secretsmanager.Secret(
          `${name}-${variable.toLowerCase().replaceAll('_', '-')}`,
          { kmsKeyId: key.arn, recoveryWindowInDays: args.keepData ? 30 : 0 },
          parent,
        );
        new aws.secretsmanager.SecretVersion(
          `${name}-${variable.toLowerCase().replaceAll('_', '-')}`,
          { secretId: entry.id, secretString: secret(value) },
          parent,
        );
        return [variable, entry.arn];
      }),
    );
    this.registerOutputs({});
  }
}
