import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildLocalConfig } from '../../monitoring/prometheus/local-config.js';

const targets = {
  production: ['127.0.0.1:6001'],
  candidate: ['127.0.0.1:6002'],
  router: ['127.0.0.1:7100'],
  control: '127.0.0.1:6600',
  worker: '127.0.0.1:6700',
  temporalSdk: '127.0.0.1:6701',
  prometheus: '127.0.0.1:9090',
  alertmanager: '127.0.0.1:9093',
};

test('the configuration that is shipped is the one that npm start builds for the usual ports', () => {
  const shipped = readFileSync(new URL('../../monitoring/prometheus/prometheus.yml', import.meta.url), 'utf8');
  expect(buildLocalConfig({ targets, ruleFiles: ['rules/*.yml'] })).toEqual(parse(shipped));
});

test('without an Alertmanager nobody is told and nothing is scraped in vain', () => {
  const config = buildLocalConfig({ targets: { ...targets, alertmanager: null }, ruleFiles: [], interval: '1s' });
  expect(JSON.stringify(config)).not.toMatch(/alert/);
  expect(config.global).toMatchObject({ scrape_interval: '1s', scrape_timeout: '1s' });
});
