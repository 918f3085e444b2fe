import { expect, test } from 'vitest';
import { InvalidInputError } from '../../core/errors.js';
import { candidateShare } from '../../projects/split-weights.js';

const split = { assignment: 'request', weightVariables: { production: 'V1', candidate: 'V2' } } as const;

test.each([
  ['50', '50', 50],
  ['100', '0', 0],
  ['0', '100', 100],
  ['70', '30', 30],
  ['2', '1', 33.33],
  ['0.5', '1.5', 75],
  ['100', '', 33.33], // 50 when it is not given
  [undefined, '150', 75],
  [' 90 ', '10', 10],
])('weights %s and %s send %s %% to the candidate', (V1, V2, percent) => {
  expect(candidateShare(split, { V1, V2 })).toBe(percent);
});

test('without variables the project says it itself', () => {
  expect(candidateShare(split, {})).toBeNull();
  expect(candidateShare(undefined, { V1: '0', V2: '0' })).toBeNull();
  expect(candidateShare({ assignment: 'user' }, { V1: '0', V2: '0' })).toBeNull();
});

test.each([
  ['0', '0', 'V1 and V2 are both 0: no variant would get a request'],
  ['-1', '50', 'V1 is "-1": a weight is a number from 0 up'],
  ['50', 'half', 'V2 is "half"'],
  ['NaN', '50', 'V1 is "NaN"'],
  ['Infinity', '50', 'V1 is "Infinity"'],
  ['50%', '50', 'V1 is "50%"'],
  ['1e400', '50', 'V1 is "1e400"'],
])('weights %s and %s are refused', (V1, V2, message) => {
  expect(() => candidateShare(split, { V1, V2 })).toThrow(InvalidInputError);
  expect(() => candidateShare(split, { V1, V2 })).toThrow(message);
});
