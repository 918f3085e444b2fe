import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  readonly image: string;
  readonly extends?: { readonly service: string };
  readonly ports?: readonly string[];
  readonly volumes?: readonly (string | { readonly source: string })[];
  readonly mem_limit?: string;
  readonly restart?: string;
  readonly healthcheck?: object;
  readonly environment?: Record<string, string>;
}
const files = ['docker-compose.yaml', 'docker-compose.ab.yml', 'docker-compose.project.yml'];
const services: [string, Service][] = files.flatMap((file) =>
  Object.entries<Service>(
    parse(read(file), { merge: true, customTags: [{ tag: '!reset', collection: 'seq' }] }).services,
  ),
);

test.each(services)(
  '%s drops all rights it does not need, is limited, and opens ports on one address only',
  (name, one) => {
    expect(['limited', 'product']).toContain(one.extends?.service);
    if (name !== 'prepare') expect(one.mem_limit).toMatch(/^\d+[mg]$/);
    for (const port of one.ports ?? [])
      expect(port).toMatch(/^\$\{BIND_ADDRESS:-127\.0\.0\.1\}:\$\{\w+_PORT:(-\d+|\?[\w ]+)\}:\d+$/);
    // the product's own images carry their checks
    const checked = one.healthcheck !== undefined || one.extends?.service === 'product' || one.restart === 'no';
    expect(checked).toBe(true);
  },
);

test('images of others are pinned to a version', () => {
  for (const [, { image }] of services) {
    if (!image.startsWith('${IMAGE_PREFIX')) expect(image).toMatch(/:v?\d/);
  }
});

test('no secret stands in a compose file', () => {
  for (const [name, { environment = {} }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      if (/(PASSWORD|SECRET|_KEY|TOKEN)$/.test(variable)) expect([name, variable, value]).toEqual([name, variable, '']);
      if (/PASSWORD_FILE|DATABASE_URL_FILE/.test(variable)) expect(value).toMatch(/^(\/run\/secrets\/.+)?$/);
    }
  }
  for (const file of files) expect(read(file)).not.toMatch(/:\/\/[^/\s:]+:[^@\s]+@/);
});

test('files that are mounted are there, and scripts can be run', () => {
  const mounted = services
    .flatMap(([, { volumes = [] }]) => volumes)
    .filter((volume) => typeof volume === 'string')
    .map((volume) => volume.split(':')[0]!)
    .filter((path) => path.startsWith('./'));
  expect(mounted.length).toBeGreaterThan(2);
  for (const path of mounted) {
    expect(statSync(join(root, path)).mode & 0o444).toBe(0o444);
    if (path.endsWith('.sh')) expect(statSync(join(root, path)).mode & 0o111).toBe(0o111);
  }
});
