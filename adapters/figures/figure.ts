/** One value of one metric: `key` is the metric's key in monitoring/metrics.ts. */
export interface Figure {
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type FigureSource = () => Promise<readonly Figure[]>;
