import { InvalidInputError } from '../errors.js';

/**
 * @param y shape (rows,)
 * @throws {InvalidInputError} when a value is missing, infinite, or so large that its square overflows
 */
export function checkRegressionTarget(y: Float64Array, rows: number): void {
  checkLength('y', y, rows);
  for (let r = 0; r < rows; r++) {
    // NaN fails the comparison too
    if (!(Math.abs(y[r]!) <= 1e150))
      throw new InvalidInputError(`y has ${y[r]} in row ${r}; the target must be finite`);
  }
}

/**
 * @param y shape (rows,), class indices
 * @param classes number of classes, or 0 to take the largest class + 1
 * @returns the number of classes
 * @throws {InvalidInputError} when a value is not a class index
 */
export function checkClassTarget(y: Float64Array, rows: number, classes: number): number {
  checkLength('y', y, rows);
  const limit = classes || 1024;
  let largest = 0;
  for (let r = 0; r < rows; r++) {
    const value = y[r]!;
    if (!Number.isInteger(value) || value < 0 || value >= limit) {
      throw new InvalidInputError(`y has ${value} in row ${r}; classes are the integers 0 to ${limit - 1}`);
    }
    if (value > largest) largest = value;
  }
  return classes || largest + 1;
}

/**
 * @param sampleWeight shape (rows,) or null
 * @throws {InvalidInputError} when a weight is negative or not finite, or all are 0
 */
export function checkSampleWeight(sampleWeight: Float64Array | null, rows: number): void {
  if (sampleWeight === null) return;
  checkLength('sampleWeight', sampleWeight, rows);
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const weight = sampleWeight[r]!;
    if (!(weight >= 0 && weight <= 1e150)) {
      throw new InvalidInputError(`sampleWeight has ${weight} in row ${r}; weights must be finite and not negative`);
    }
    sum += weight;
  }
  if (sum === 0) throw new InvalidInputError('sampleWeight is 0 for every row; at least one must be positive');
}

function checkLength(name: string, values: Float64Array, rows: number): void {
  if (values.length !== rows) throw new InvalidInputError(`${name} has ${values.length} values for ${rows} rows of X`);
}
