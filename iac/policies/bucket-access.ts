import type { ServiceName } from '../settings.js';
import { type PolicyDocument, policy, type Statement } from './policy-document.js';

export interface BucketAccessArgs {
  readonly bucketArn: string;
  readonly keyArn: string;
  /** Prefixes of the model projects, for example price_check. */
  readonly prefixes: readonly string[];
}

/**
 * What one service may do with the bucket: inference reads models; control reads models and datasets, takes uploads in
 * and registers models trained elsewhere; the worker writes and deletes both; the others have no business there.
 *
 * @returns null for no access at all
 */
export function bucketAccess(service: ServiceName, args: BucketAccessArgs): PolicyDocument | null {
  const models = args.prefixes.flatMap((prefix) => [`${prefix}_BO*`, `${prefix}_CO*`]);
  const datasets = args.prefixes.map((prefix) => `${prefix}/*`);
  switch (service) {
    case 'infer-prod':
    case 'infer-cand':
      return policy(objects(args, ['s3:GetObject'], models), list(args, models), key(args, ['kms:Decrypt']));
    case 'control':
      return policy(
        objects(args, ['s3:GetObject'], [...models, ...datasets]),
        objects(args, ['s3:PutObject'], [...args.prefixes.map((prefix) => `${prefix}/uploads/*`), ...models]),
        list(args, [...models, ...datasets]),
        key(args, ['kms:Decrypt', 'kms:GenerateDataKey']),
      );
    case 'worker':
      return policy(
        objects(args, ['s3:GetObject', 's3:PutObject'], [...models, ...datasets]),
        objects(args, ['s3:DeleteObject'], models),
        list(args, [...models, ...datasets]),
        key(args, ['kms:Decrypt', 'kms:GenerateDataKey']),
      );
    default:
      return null;
  }
}

const objects = (args: BucketAccessArgs, actions: readonly string[], patterns: readonly string[]): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: patterns.map((pattern) => `${args.bucketArn}/${pattern}`),
});

/** HeadBucket needs ListBucket too, and comes without a prefix. */
const list = (args: BucketAccessArgs, patterns: readonly string[]): Statement => ({
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: args.bucketArn,
  Condition: { StringLikeIfExists: { 's3:prefix': ['', ...patterns] } },
});

const key = (args: BucketAccessArgs, actions: readonly string[]): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: args.keyArn,
});
