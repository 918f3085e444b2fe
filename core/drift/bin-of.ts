/** Which bin a value falls in: bin i holds edges[i−1] < value ≤ edges[i], the last one all beyond. */
export function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value > edges[bin]!) bin++;
  return bin;
}
