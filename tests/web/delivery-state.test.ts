import { expect, test } from 'vitest';
import type { InstanceView } from '../../web/src/api/control.js';
import { type DeployStatus, deliveryState } from '../../web/src/ops/delivery/delivery-state.js';

const instance = (generation: number, change: Partial<InstanceView> = {}): InstanceView => ({
  id: `i${generation}`,
  role: 'production',
  address: '127.0.0.1:6001',
  version: 'BO2',
  generation,
  seen_at: '2026-03-01T10:00:00.000Z',
  healthy: true,
  error: null,
  ...change,
});
const status = (running: boolean, ...instances: InstanceView[]): DeployStatus => ({
  production: { version: 'BO3', generation: 5 },
  instances,
  delivery: { status: running ? 'running' : 'completed', started_at: '2026-03-01T10:00:00.000Z' },
});

test('nothing is under way once every production instance serves the generation of the slot or a later one', () => {
  expect(deliveryState(status(false, instance(5), instance(6)))).toBeNull();
});

test('an instance that has died and the parts of other slots hold nothing up', () => {
  const others = [instance(1, { healthy: false }), instance(1, { role: 'candidate' }), instance(1, { role: 'router' })];
  expect(deliveryState(status(false, instance(5), ...others))).toBeNull();
});

test('while a delivery runs, those that have confirmed are counted and nothing else can be delivered', () => {
  const state = deliveryState(status(true, instance(4), instance(5)));
  expect(state?.note).toBe('A delivery is under way. 1 of 2 production instances confirmed BO3.');
  expect(state?.off).toContain('wait until it has ended');
});

test('a delivery that ended without reaching everybody is told, and can be rolled back', () => {
  const state = deliveryState(status(false, instance(4), instance(5)));
  expect(state?.note).toContain('has not reached every instance. 1 of 2');
  expect(state?.off).toBeNull();
});

test('the first delivery of a project has nothing to count yet', () => {
  const first: DeployStatus = { ...status(true), production: null };
  expect(deliveryState(first)?.note).toBe('A delivery is under way.');
});
