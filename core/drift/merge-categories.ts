const MIN_SHARE = 0.01;
const MIN_EXPECTED = 5;

/**
 * Two lists of counts, with the rare categories of the reference merged into one at the end: those under 1 % of the
 * reference, and as many more, rarest first, as it takes for every expected count to reach 5 (where that can be).
 * The choice rests on the reference and the sizes alone, so that the test that follows stays honest.
 *
 * @param reference counts, most frequent first, shape (k,)
 * @param current counts of the same categories, shape (k,), and `unseen` of none of them
 */
export function mergeCategories(
  reference: readonly number[],
  current: readonly number[],
  unseen: number,
): { readonly reference: number[]; readonly current: number[] } {
  const total = reference.reduce((sum, count) => sum + count, 0);
  const size = current.reduce((sum, count) => sum + count, unseen);
  // expected count in the smaller of the two samples if nothing has changed
  const expected = (count: number) => (count / total) * Math.min(total, size);
  let kept = reference.filter((count) => count / total >= MIN_SHARE && expected(count) >= MIN_EXPECTED).length;
  const rest = (counts: readonly number[], from: number) => counts.slice(from).reduce((sum, count) => sum + count, 0);
  while (kept > 1 && rest(reference, kept) > 0 && expected(rest(reference, kept)) < MIN_EXPECTED) kept--;
  const [restBefore, restNow] = [rest(reference, kept), rest(current, kept) + unseen];
  const merged = { reference: reference.slice(0, kept), current: current.slice(0, kept) };
  // an empty category on both sides is none
  if (restBefore + restNow === 0) return merged;
  return { reference: [...merged.reference, restBefore], current: [...merged.current, restNow] };
}
