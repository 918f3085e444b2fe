/** Metrics as prom-client tells them, added up over the processes of a service. */
export interface CollectedMetrics {
  /** Prometheus text format. */
  readonly text: string;
  readonly contentType: string;
  readonly metrics: readonly CollectedMetric[];
}

export interface CollectedMetric {
  readonly name: string;
  readonly type: string | number;
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Readonly<Partial<Record<string, string | number>>>;
    readonly value: number;
  }[];
}
