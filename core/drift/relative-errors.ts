/** |predicted − actual| / |actual| of each pair whose actual value is not 0 and whose error is finite. */
export function relativeErrors(predicted: ArrayLike<number>, actual: ArrayLike<number>): number[] {
  const errors: number[] = [];
  for (let i = 0; i < predicted.length; i++) {
    const error = Math.abs((predicted[i]! - actual[i]!) / actual[i]!);
    if (Number.isFinite(error)) errors.push(error);
  }
  return errors;
}
