import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { parseExperimentSettings } from '../../../core/experiment/experiment-settings.js';

test('nothing said: no shadow, no ramp, nobody is asked', () => {
  expect(parseExperimentSettings()).toMatchObject({ ramp: [], approval: { required: false } });
});

test('the seed of a ramp from 1 over 5 to 20 % is taken as it is', () => {
  const ramp = [1, 5, 20].map((weightPercent) => ({ weightPercent, holdMinutes: 30 }));
  expect(parseExperimentSettings({ ramp }).ramp).toEqual(ramp);
});

test.each([
  ['a ramp that falls', { ramp: [5, 1].map((weightPercent) => ({ weightPercent, holdMinutes: 1 })) }, /ramp must rise/],
  ['a share above 100', { ramp: [{ weightPercent: 101, holdMinutes: 1 }] }, /\(0, 100\]/],
  ['a share too fine for the router', { ramp: [{ weightPercent: 0.001, holdMinutes: 1 }] }, /two decimals/],
  ['a step without time', { ramp: [{ weightPercent: 1, holdMinutes: 0 }] }, /holdMinutes/],
  ['a shadow without an end', { shadow: { percent: 50 } }, /when would it end/],
  ['a word it does not know', { canary: true }, /canary/],
  ['an approval for ever', { approval: { required: true, timeLimitHours: 1e6 } }, /720/],
])('refuses %s', (_what, settings, message) => {
  expect(() => parseExperimentSettings(settings)).toThrow(InvalidInputError);
  expect(() => parseExperimentSettings(settings)).toThrow(message);
});
