import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const folder = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly startupProbe?: object;
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: the spec of any kind
  readonly spec: any;
}

const { resources } = parse(read('base/kustomization.yaml')) as { resources: string[] };
const manifests = resources.flatMap((file) =>
  parseAllDocuments(read(join('base', file))).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS() as Manifest;
  }),
);
const ofKind = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
const services = ofKind('Deployment', 'StatefulSet');
const workloads = [...services, ...ofKind('Job')];
const containersOf = (workload: Manifest) => workload.spec.template.spec.containers as Container[];
const names = (list: readonly Manifest[]) => list.map(({ metadata }) => metadata.name).sort();

test('every file of the base is part of it, and each thing is there once', () => {
  const files = readdirSync(join(folder, 'base')).filter((name) => name !== 'kustomization.yaml');
  expect([...resources].sort()).toEqual(files.sort());
  const keys = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(names(services)).toEqual(['control', 'infer-cand', 'infer-prod', 'router', 'web', 'worker']);
});

test('no pod has root, capabilities, a writable root file system or a token of the cluster', () => {
  for (const workload of workloads) {
    const { securityContext, automountServiceAccountToken } = workload.spec.template.spec;
    expect(automountServiceAccountToken).toBe(false);
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of containersOf(workload)) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  }
});

test('every service says when it has started, lives and is ready, and what it needs', () => {
  for (const workload of services) {
    for (const { name, startupProbe, livenessProbe, readinessProbe, resources: needs } of containersOf(workload)) {
      for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
        expect(probe, name).toHaveProperty('httpGet.port', 'http');
      }
      expect(needs, name).toMatchObject({
        requests: { cpu: expect.anything() },
        limits: { memory: expect.anything() },
      });
    }
  }
});

test('an empty slot keeps its pods, but production is not updated past a pod without a model', () => {
  const paths = (name: string) => {
    const [container] = containersOf(services.find(({ metadata }) => metadata.name === name)!);
    return [container?.livenessProbe, container?.readinessProbe].map(
      (probe) => (probe as { httpGet: { path: string } }).httpGet.path,
    );
  };
  expect(paths('infer-prod')).toEqual(['/v2/health/live', '/v2/health/ready']);
  expect(paths('infer-cand')).toEqual(['/v2/health/live', '/v2/health/live']);
});

test('an instance reports the address and name of its own pod, and keeps what waits for Postgres on a volume', () => {
  for (const workload of ofKind('StatefulSet')) {
    const [container] = containersOf(workload);
    const port = container?.ports?.[0]?.containerPort;
    expect(container?.env).toContainEqual({ name: 'INSTANCE_ADDRESS', value: `$(POD_IP):${port}` });
    expect(container?.env).toContainEqual({
      name: 'INSTANCE_ID',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    });
    expect(workload.spec.volumeClaimTemplates[0].metadata.name).toBe('state');
  }
});

test('every service scales between limits, and a drained node takes at most one pod of each', () => {
  const scaled = ofKind('HorizontalPodAutoscaler');
  expect(names(scaled)).toEqual(names(services));
  for (const { spec, metadata } of scaled) {
    const target = services.find(({ metadata: { name } }) => name === spec.scaleTargetRef.name);
    expect(spec.scaleTargetRef.kind, metadata.name).toBe(target?.kind);
    expect(spec.maxReplicas).toBeGreaterThan(spec.minReplicas);
  }
  const budgets = ofKind('PodDisruptionBudget');
  expect(names(budgets)).toEqual(names(services).filter((name) => name !== 'infer-cand'));
  for (const { spec, metadata } of budgets) {
    expect(spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': metadata.name } } });
  }
});

test('nothing is let in or out by default, and every port that is let in is one that a pod listens on', () => {
  const policies = ofKind('NetworkPolicy');
  expect(policies.find(({ metadata }) => metadata.name === 'deny-by-default')?.spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const listening = services.flatMap((workload) => containersOf(workload).flatMap(({ ports = [] }) => ports));
  const known = new Set(listening.map(({ containerPort }) => containerPort));
  const admitted = policies.flatMap(({ spec }) => spec.ingress ?? []);
  expect(admitted.length).toBeGreaterThan(0);
  for (const { from, ports } of admitted) {
    expect(from.length).toBeGreaterThan(0);
    for (const { port } of ports) expect(known).toContain(port);
  }
});

test('routes lead to services that are there, on the ports they have', () => {
  const ports = new Map(ofKind('Service').map(({ metadata, spec }) => [metadata.name, spec.ports[0].port]));
  const [route] = ofKind('HTTPRoute');
  const backends = route?.spec.rules.flatMap(
    (rule: { backendRefs: { name: string; port: number }[] }) => rule.backendRefs,
  );
  expect(backends.map(({ name }: { name: string }) => name)).toEqual(['router', 'control', 'web']);
  for (const { name, port } of backends) expect(ports.get(name)).toBe(port);
});

test('no secret is written down: what is secret comes from the Secret by reference', () => {
  for (const workload of workloads) {
    for (const { env = [] } of containersOf(workload)) {
      const plain = env.filter(({ value }) => value !== undefined).map(({ name }) => name);
      expect(plain.filter((name) => /PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL/.test(name))).toEqual([]);
    }
  }
  expect(ofKind('Secret')).toEqual([]);
});

test.each(['dev', 'staging', 'prod'])(
  'the overlay %s sets the image of every service and patches what exists',
  (overlay) => {
    const { images, patches, namespace } = parse(read(`overlays/${overlay}/kustomization.yaml`));
    expect(namespace).toBe(`incumbent-${overlay}`);
    const used = new Set(workloads.flatMap(containersOf).map(({ image }) => image));
    expect(new Set(images.map(({ name }: { name: string }) => name))).toEqual(used);
    for (const { newTag } of images) expect(newTag).toMatch(/^\d+\.\d+\.\d+$/);
    for (const { target } of patches) {
      const pattern = new RegExp(`^(${target.name ?? '.*'})$`);
      const found = ofKind(target.kind).filter(({ metadata }) => pattern.test(metadata.name));
      expect(found.length, `${overlay} patches ${target.kind} ${target.name}`).toBeGreaterThan(0);
    }
  },
);
