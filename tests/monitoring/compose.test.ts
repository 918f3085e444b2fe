import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { services, volumes } = parse(readFileSync(`${root}monitoring/docker-compose.monitoring.yml`, 'utf8')) as {
  services: Record<string, { image?: string; volumes?: (string | { source: string })[]; command?: string[] }>;
  volumes: Record<string, unknown>;
};
const composeFile = (name: string) =>
  parse(readFileSync(`${root}${name}`, 'utf8'), { logLevel: 'silent' }) as {
    services: Record<string, unknown>;
    volumes: Record<string, unknown>;
  };
const stack = composeFile('docker-compose.yaml');
const slots = composeFile('docker-compose.ab.yml');
const furtherProject = composeFile('docker-compose.project.yml');

test('images are pinned, and what is mounted is there', () => {
  for (const { image, volumes: mounts = [] } of Object.values(services)) {
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
    for (const mount of mounts) {
      const from = typeof mount === 'string' ? mount.split(':', 1)[0]! : mount.source;
      if (from.startsWith('/')) continue; // of the host that is watched
      expect(
        from.startsWith('./') ? existsSync(`${root}monitoring/${from}`) : from in { ...volumes, ...stack.volumes },
        from,
      ).toBe(true);
    }
  }
});

test('Prometheus scrapes services that there are, on the ports that they listen on', () => {
  const prometheus = parse(readFileSync(`${root}monitoring/prometheus/prometheus.compose.yml`, 'utf8')) as {
    scrape_configs: { dns_sd_configs?: { names: string[] }[]; static_configs?: { targets: string[] }[] }[];
  };
  const names = prometheus.scrape_configs.flatMap(({ dns_sd_configs = [], static_configs = [] }) => [
    ...dns_sd_configs.flatMap((config) => config.names),
    ...static_configs.flatMap(({ targets }) => targets.map((target) => target.split(':', 1)[0]!)),
  ]);
  const known = { ...stack.services, ...slots.services, ...furtherProject.services, ...services, '127.0.0.1': {} };
  expect(names.filter((name) => !(name in known))).toEqual([]);
});

test('data sources, dashboards and the file of alerts are where Grafana and Prometheus are told to look', () => {
  const provisioning = `${root}monitoring/grafana/provisioning/`;
  const provider = parse(readFileSync(`${provisioning}dashboards/incumbent.yml`, 'utf8')) as {
    providers: { options: { path: string } }[];
  };
  expect(services.grafana?.volumes).toContain(`./grafana/dashboards:${provider.providers[0]?.options.path}:ro`);
  const source = parse(readFileSync(`${provisioning}datasources/prometheus.yml`, 'utf8')) as {
    datasources: { uid: string }[];
  };
  const overview = readFileSync(`${root}monitoring/grafana/dashboards/overview.json`, 'utf8');
  expect(overview).toContain(`"uid": "${source.datasources[0]?.uid}"`);
  expect(services.prometheus?.command).toContain('--config.file=/etc/prometheus/prometheus.compose.yml');
});
