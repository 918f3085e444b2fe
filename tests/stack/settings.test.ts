import { expect, test } from 'vitest';
import { localConnections, processEnvironment } from '../../stack/connections.js';
import { readSettings, type StackFlags } from '../../stack/settings.js';

const flags: StackFlags = { portOffset: 0, watch: false, bootstrap: true };
const secrets = { postgresPassword: 'pw', s3AccessKeyId: 'KEY', s3SecretAccessKey: 'SECRET' };

test('every port has its designed default, follows its variable and is shifted by the offset', () => {
  expect(readSettings({}, flags).ports).toEqual({
    ROUTER_PORT: 7000,
    INFER_PROD_PORT: 6001,
    INFER_CAND_PORT: 6002,
    WEB_PORT: 6500,
    CONTROL_PORT: 6600,
    WORKER_PORT: 6700,
    WORKER_SDK_METRICS_PORT: 6701,
    TEMPORAL_PORT: 7233,
    TEMPORAL_UI_PORT: 8080,
    POSTGRES_PORT: 5432,
    S3_PORT: 9000,
    PROMETHEUS_PORT: 9090,
    ALERTMANAGER_PORT: 9093,
  });
  const moved = readSettings({ ROUTER_PORT: '7100' }, { ...flags, portOffset: 1000 }).ports;
  expect([moved.ROUTER_PORT, moved.POSTGRES_PORT]).toEqual([8100, 6432]);
});

test.each([
  [{ S3_PORT: 'ninety' }, 0, 'S3_PORT is "ninety": a port is a whole number from 1 to 65535'],
  [{ TEMPORAL_PORT: '70000' }, 0, 'TEMPORAL_PORT is "70000"'],
  [{}, 60_000, 'beyond the last port, 65535'],
  [{ WEB_PORT: '7000' }, 0, 'ROUTER_PORT and WEB_PORT are both 7000'],
  [{ LOG_LEVEL: 'loud' }, 0, 'LOG_LEVEL is "loud"'],
])('%o with offset %i is refused with what is wrong', (env, portOffset, message) => {
  expect(() => readSettings(env, { ...flags, portOffset })).toThrow(message);
});

test('the flag for the home comes before the variable', () => {
  expect(readSettings({ INCUMBENT_HOME: '/a' }, { ...flags, home: '/b' }).home).toBe('/b');
  expect(readSettings({ INCUMBENT_HOME: '/a' }, flags).home).toBe('/a');
});

test.each([
  [{}, false],
  [{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' }, false],
  [{ MLFLOW_S3_BUCKET: 'models' }, false],
  [{ MLFLOW_S3_BUCKET: 'models', AWS_PROFILE: 'work' }, true],
  [{ S3_ENDPOINT: 'http://minio:9000' }, true],
])('S3 with %o is elsewhere: %s', (env, elsewhere) => {
  expect(readSettings(env, flags).externalS3).toBe(elsewhere);
});

test('processes get the addresses of the local parts, and nothing of a cloud account that would misdirect them', () => {
  const env = {
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'token',
    TEMPORAL_API_KEY: 'cloud',
    TEMPORAL_TLS_CLIENT_CERT_PATH: '/cert',
    HOME_PRICES_CSV: 'mine.csv',
  };
  const given = processEnvironment(readSettings(env, { ...flags, portOffset: 10 }), secrets);
  expect(given).toMatchObject({
    DATABASE_URL: 'postgres://incumbent:pw@127.0.0.1:5442/incumbent',
    TEMPORAL_ADDRESS: '127.0.0.1:7243',
    S3_ENDPOINT: 'http://127.0.0.1:9010',
    AWS_ACCESS_KEY_ID: 'KEY',
    AWS_SECRET_ACCESS_KEY: 'SECRET',
    MLFLOW_S3_BUCKET: 'mlops-bucket',
    ROUTER_PORT: '7010',
    HOME_PRICES_CSV: 'mine.csv',
  });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS_CLIENT_CERT_PATH']) {
    expect(given).not.toHaveProperty(name);
  }
});

test('a part that runs elsewhere keeps the variables it was given', () => {
  const env = {
    DATABASE_URL: 'postgres://db.example/incumbent',
    TEMPORAL_ADDRESS: 'ns.tmprl.cloud:7233',
    TEMPORAL_API_KEY: 'cloud',
    MLFLOW_S3_BUCKET: 'models',
    AWS_PROFILE: 'work',
  };
  const settings = readSettings(env, flags);
  const connections = Object.keys(localConnections(settings, secrets));
  expect(connections).toEqual(['INCUMBENT_HOME', 'PROJECTS', 'MLFLOW_S3_BUCKET', 'AWS_REGION', 'TEMPORAL_NAMESPACE']);
  expect(processEnvironment(settings, secrets)).toMatchObject(env);
});
