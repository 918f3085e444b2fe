import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConflictError } from '../../../core/errors.js';
import {
  type ExperimentEvent,
  type ExperimentPhase,
  nextPhase,
  phaseHeld,
  trafficOf,
} from '../../../core/experiment/experiment-life.js';
import { type ExperimentPath, parseExperimentSettings } from '../../../core/experiment/experiment-settings.js';

const warming: ExperimentPhase = { state: 'warming', rampStep: 0, pausedFrom: null, weightPercent: 20 };
const path = parseExperimentSettings({
  shadow: { hours: 2, minRequests: 100, percent: 50 },
  ramp: [
    { weightPercent: 1, holdMinutes: 30 },
    { weightPercent: 5, holdMinutes: 60 },
  ],
});
const straight = parseExperimentSettings();

/** Every phase after these events, in words, with the share of users it has. */
function walk(events: readonly ExperimentEvent[], by = path, from = warming): string[] {
  let phase = from;
  let path: ExperimentPath = by;
  return events.map((event) => {
    const step = nextPhase(phase, event, path);
    ({ phase, path } = step);
    const { candidateWeightPercent, shadowPercent } = trafficOf(phase, path);
    return `${phase.state} ${candidateWeightPercent} ${shadowPercent}${step.restartsClock ? ' clock' : ''}`;
  });
}

test('without a path a warm candidate has its full share at once', () => {
  expect(walk([{ type: 'warmed' }], straight)).toEqual(['running 20 0 clock']);
});

test('shadow, each step of the ramp, then the full share with a fresh clock', () => {
  expect(walk([{ type: 'warmed' }, { type: 'held' }, { type: 'held' }, { type: 'held' }])).toEqual([
    'shadow 0 50',
    'ramping 1 0',
    'ramping 5 0',
    'running 20 0 clock',
  ]);
});

test('a pause takes everybody away and resuming goes on in the same place', () => {
  expect(walk([{ type: 'warmed' }, { type: 'held' }, { type: 'held' }, { type: 'pause' }, { type: 'resume' }])).toEqual(
    expect.arrayContaining(['paused 0 0', 'ramping 5 0']),
  );
});

test('other weights restart the clock, end a ramp, and in the shadow are kept for later', () => {
  const weights = { type: 'weights', weightPercent: 3 } as const;
  expect(walk([{ type: 'warmed' }, weights, { type: 'held' }, { type: 'held' }])).toEqual([
    'shadow 0 50',
    'shadow 0 50',
    // the step of 5 % lies above the share that was asked for
    'ramping 1 0',
    'running 3 0 clock',
  ]);
  expect(walk([{ type: 'warmed' }, { type: 'held' }, weights]).at(-1)).toBe('running 3 0 clock');
});

test('a shadow that a person asks for takes the users away, and the way up begins again', () => {
  const shadow = { type: 'shadow', shadow: { hours: 1, percent: 25 } } as const;
  expect(walk([{ type: 'warmed' }, shadow, { type: 'held' }], straight)).toEqual([
    'running 20 0 clock',
    'shadow 0 25',
    'running 20 0 clock',
  ]);
  const end = { type: 'shadow', shadow: null } as const;
  expect(walk([{ type: 'warmed' }, end, { type: 'held' }, shadow, { type: 'held' }])).toEqual([
    'shadow 0 50',
    'ramping 1 0',
    'ramping 5 0',
    'shadow 0 25',
    'ramping 1 0',
  ]);
});

test('a shadow lasts as long as it was asked for, not as the project declared', () => {
  const asked = nextPhase(
    { ...warming, state: 'running' },
    { type: 'shadow', shadow: { hours: 1, percent: 25 } },
    path,
  );
  expect([59, 60].map((minutes) => phaseHeld(asked.phase, asked.path, minutes, 0))).toEqual([false, true]);
});

test('no shadow begins while it is paused or not warm yet, and none ends where none is', () => {
  for (const state of ['paused', 'warming'] as const) {
    const event = { type: 'shadow', shadow: { hours: 1, percent: 25 } } as const;
    expect(() => nextPhase({ ...warming, state }, event, path)).toThrow(ConflictError);
  }
  for (const state of ['paused', 'warming', 'ramping', 'running'] as const) {
    expect(() => nextPhase({ ...warming, state }, { type: 'shadow', shadow: null }, path)).toThrow(ConflictError);
  }
});

test.each([
  ['held', 'warming'],
  ['pause', 'warming'],
  ['resume', 'running'],
  ['held', 'running'],
  ['warmed', 'running'],
  ['pause', 'paused'],
  ['held', 'paused'],
] as const)('%s is refused while %s', (type, state) => {
  const phase = { ...warming, state, pausedFrom: state === 'paused' ? ('running' as const) : null };
  expect(() => nextPhase(phase, { type }, path)).toThrow(ConflictError);
});

test('weights cannot be set while it is paused or not warm yet', () => {
  for (const state of ['paused', 'warming'] as const) {
    const phase = { ...warming, state, pausedFrom: null };
    expect(() => nextPhase(phase, { type: 'weights', weightPercent: 5 }, path)).toThrow(ConflictError);
  }
});

test('a phase is held for all of its time and requests, and a clock that jumps back holds it longer, never shorter', () => {
  const shadow = { ...warming, state: 'shadow' as const };
  expect(phaseHeld(shadow, path, 119, 1000)).toBe(false);
  expect(phaseHeld(shadow, path, 120, 99)).toBe(false);
  expect(phaseHeld(shadow, path, 120, 100)).toBe(true);
  expect(phaseHeld(shadow, path, -5, 1000)).toBe(false);
  const ramping = { ...warming, state: 'ramping' as const, rampStep: 1 };
  expect([59.9, 60].map((minutes) => phaseHeld(ramping, path, minutes, 0))).toEqual([false, true]);
  expect(phaseHeld({ ...warming, state: 'running' }, path, 1e9, 1e9)).toBe(false);
});

test('whatever happens, no more users are sent than the full share, and none where nobody counts', () => {
  const event = fc.oneof(
    fc.constantFrom(...(['warmed', 'held', 'pause', 'resume'] as const)).map((type) => ({ type })),
    fc.integer({ min: 1, max: 99 }).map((weightPercent) => ({ type: 'weights' as const, weightPercent })),
    fc.constantFrom(null, { hours: 1, percent: 25 }).map((shadow) => ({ type: 'shadow' as const, shadow })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let phase = warming;
      let way: ExperimentPath = path;
      for (const one of events) {
        try {
          ({ phase, path: way } = nextPhase(phase, one, way));
        } catch (error) {
          expect(error).toBeInstanceOf(ConflictError);
        }
        const { candidateWeightPercent } = trafficOf(phase, way);
        expect(candidateWeightPercent).toBeLessThanOrEqual(phase.weightPercent);
        if (!['ramping', 'running'].includes(phase.state)) expect(candidateWeightPercent).toBe(0);
      }
    }),
  );
});
