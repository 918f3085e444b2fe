/** 1 for each predicted class number that is not the actual one, else 0: the mean is the share of wrong answers. */
export function wrongAnswers(predicted: ArrayLike<number>, actual: ArrayLike<number>): number[] {
  return Array.from(predicted, (number, i) => (number === actual[i] ? 0 : 1));
}
