import { type PolicyDocument, policy } from './policy-document.js';

/** Refuses what comes without TLS. A Deny is the one place where "every action of everybody" is the strict choice. */
export function secureTransportOnly(bucketArn: string): PolicyDocument {
  return policy({
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
