import * as aws from '@pulumi/aws';
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import { secureTransportOnly } from '../policies/secure-transport-only.js';

/** The bucket of models and datasets: private, encrypted with a key of its own, versioned, and reached by TLS only. */
export class ArtifactBucket extends ComponentResource {
  readonly bucket: Output<string>;
  readonly arn: Output<string>;
  readonly keyArn: Output<string>;

  constructor(name: string, args: { readonly keepData: boolean }, options?: ComponentResourceOptions) {
    super('incumbent:aws:ArtifactBucket', name, {}, options);
    const parent = { parent: this };
    const key = new aws.kms.Key(
      name,
      { description: 'Models and datasets', enableKeyRotation: true, deletionWindowInDays: args.keepData ? 30 : 7 },
      parent,
    );
    const { id: bucket, arn } = new aws.s3.Bucket(
      name,
      { forceDestroy: !args.keepData },
      { ...parent, protect: args.keepData },
    );
    const closed = new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      parent,
    );
    new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } }, parent);
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
            bucketKeyEnabled: true, // one call to KMS per bucket key instead of one per object
          },
        ],
      },
      parent,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: 'Enabled' } },
      parent,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: 'unfinished-uploads',
            status: 'Enabled',
            filter: { prefix: '' },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
          },
          {
            // a rolled-back candidate is deleted by the loop: for so long it can be had back
            id: 'old-versions',
            status: 'Enabled',
            filter: { prefix: '' },
            noncurrentVersionExpiration: { noncurrentDays: 90 },
            expiration: { expiredObjectDeleteMarker: true },
          },
          {
            id: 'rarely-read',
            status: 'Enabled',
            filter: { prefix: '' },
            transitions: [{ days: 90, storageClass: 'INTELLIGENT_TIERING' }],
          },
        ],
      },
      { ...parent, dependsOn: versioning },
    );
    new aws.s3.BucketPolicy(
      name,
      { bucket, policy: arn.apply((value) => JSON.stringify(secureTransportOnly(value))) },
      { ...parent, dependsOn: closed },
    );
    this.bucket = bucket;
    this.arn = arn;
    this.keyArn = key.arn;
    this.registerOutputs({ bucket, arn });
  }
}
