/** What every test answers. `pValue` is two-sided unless the function says otherwise. */
export interface TestResult {
  readonly statistic: number;
  /** 0..1 */
  readonly pValue: number;
}

export interface ChiSquareResult extends TestResult {
  readonly df: number;
  /** Counts expected under the null, the shape of the observed ones (tables row by row). */
  readonly expected: readonly number[];
}
