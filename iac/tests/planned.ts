import { runtime } from '@pulumi/pulumi';
import { createInfrastructure, type Infrastructure } from '../infrastructure.js';
import { type Environment, type Settings, sizes } from '../settings.js';

/** A resource as the program asks for it, before any provider sees it. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the inputs of any resource of the provider
  readonly inputs: Record<string, any>;
}

export const secretValues = {
  databasePassword: 'database-password-of-the-test',
  jwtSecret: 'signing-secret-of-the-test-32-characters',
  apiKey: 'temporal-key-of-the-test',
};

export function settingsOf(environment: Environment, changes: Partial<Settings> = {}): Settings {
  return {
    ...sizes[environment],
    environment,
    region: 'us-east-1',
    cidr: '10.20.0.0/16',
    domain: 'incumbent.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1',
    imageTag: '1.2.3',
    projects: ['home-prices'],
    artifactPrefixes: ['price_check'],
    temporal: {
      kind: 'cloud',
      address: 'us-east-1.aws.api.temporal.io:7233',
      namespace: 'x.y',
      apiKey: secretValues.apiKey,
    },
    databasePassword: secretValues.databasePassword,
    jwtSecret: secretValues.jwtSecret,
    alarmEmail: 'ops@example.com',
    ...changes,
  };
}

/** Runs the program against Pulumi's mocks. @returns everything it would create */
export async function plan(settings: Settings): Promise<{ resources: PlannedResource[]; outputs: Infrastructure }> {
  const resources: PlannedResource[] = [];
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs });
        const arn = `arn:aws:${type.split(':')[1]?.split('/')[0]}:::${name}`;
        return { id: `${name}-id`, state: { ...inputs, arn, name, bucket: inputs.bucket ?? name, arnSuffix: name } };
      },
      call: ({ token }) =>
        token.includes('AvailabilityZones') ? { names: ['a', 'b', 'c'] } : { accountId: '111111111111' },
    },
    'incumbent',
    settings.environment,
    false,
  );
  try {
    return { resources, outputs: createInfrastructure(settings) };
  } finally {
    // every registration that is under way, and those that they lead to
    await runtime.disconnect();
  }
}

export const ofType = (resources: readonly PlannedResource[], type: string) =>
  resources.filter((resource) => resource.type === type);
