import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';

/** The ECR repository of one image: tags never change, images are scanned when pushed, old ones go. */
export class ImageRepository extends ComponentResource {
  readonly arn: Output<string>;
  readonly url: Output<string>;

  constructor(name: string, args: { readonly keepData: boolean }, options?: ComponentResourceOptions) {
    super('incumbent:aws:ImageRepository', name, {}, options);
    const parent = { parent: this };
    const repository = new aws.ecr.Repository(
      name,
      {
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS' }],
        forceDelete: !args.keepData,
      },
      parent,
    );
    const rules = [
      {
        rulePriority: 1,
        description: 'untagged layers of interrupted pushes',
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'enough releases to go back to',
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 50 },
        action: { type: 'expire' },
      },
    ];
    new aws.ecr.LifecyclePolicy(name, { repository: repository.name, policy: JSON.stringify({ rules }) }, parent);
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
    this.registerOutputs({ url: this.url });
  }
}
