import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { services, volumes } = parse(readFileSync(`${root}monitoring/docker-compose.monitoring.yml`, 'utf8')) as {
  services: Record<string, { image: string; volumes: string[]; command?: string[] }>;
  volumes: Record<string, unknown>;
};

test('images are pinned, and what is mounted is there', () => {
  expect(Object.keys(services)).toEqual(['prometheus', 'alertmanager', 'grafana']);
  for (const { image, volumes: mounts } of Object.values(services)) {
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
    for (const [from = ''] of mounts.map((mount) => mount.split(':'))) {
      expect(from.startsWith('./') ? existsSync(`${root}${from}`) : from in volumes, from).toBe(true);
    }
  }
});

test('data sources, dashboards and the file of alerts are where Grafana and Prometheus are told to look', () => {
  const provisioning = `${root}monitoring/grafana/provisioning/`;
  const provider = parse(readFileSync(`${provisioning}dashboards/incumbent.yml`, 'utf8')) as {
    providers: { options: { path: string } }[];
  };
  expect(services.grafana?.volumes).toContain(
    `./monitoring/grafana/dashboards:${provider.providers[0]?.options.path}:ro`,
  );
  const source = parse(readFileSync(`${provisioning}datasources/prometheus.yml`, 'utf8')) as {
    datasources: { uid: string }[];
  };
  const overview = readFileSync(`${root}monitoring/grafana/dashboards/overview.json`, 'utf8');
  expect(overview).toContain(`"uid": "${source.datasources[0]?.uid}"`);
  expect(services.prometheus?.command).toContain('--config.file=/etc/prometheus/prometheus.compose.yml');
});
