import { Config } from '@pulumi/pulumi';
import { type Environment, type Settings, sizes, type TemporalSettings } from './settings.js';

/**
 * The stack's configuration (Pulumi.<stack>.yaml), with the sizes of its environment.
 *
 * @throws {Error} naming the value that is missing or not allowed
 */
export function readSettings(): Settings {
  const config = new Config();
  const environment = config.require<Environment>('environment', { allowedValues: ['dev', 'staging', 'prod'] });
  const alarmEmail = config.get('alarmEmail');
  return {
    ...sizes[environment],
    environment,
    region: new Config('aws').require('region'),
    cidr: config.get('cidr') ?? '10.20.0.0/16',
    domain: config.require('domain'),
    certificateArn: config.require('certificateArn'),
    imageTag: config.require('imageTag'),
    projects: list(config.get('projects') ?? 'home-prices'),
    artifactPrefixes: list(config.get('artifactPrefixes') ?? 'price_check'),
    temporal: readTemporal(config),
    databasePassword: config.requireSecret('databasePassword'),
    jwtSecret: config.requireSecret('jwtSecret'),
    ...(alarmEmail === undefined ? {} : { alarmEmail }),
  };
}

function readTemporal(config: Config): TemporalSettings {
  const kind = config.require<'cloud' | 'own'>('temporal', { allowedValues: ['cloud', 'own'] });
  const address = config.require('temporalAddress');
  const namespace = config.get('temporalNamespace') ?? 'default';
  return kind === 'cloud'
    ? { kind, address, namespace, apiKey: config.requireSecret('temporalApiKey') }
    : { kind, address, namespace, tls: config.getBoolean('temporalTls') ?? false };
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
