export interface Run {
  readonly id: string;
  readonly project: string;
  readonly kind: string;
  readonly parentId: string | null;
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** One value of a metric at one step of a run: the out-of-bag score after 50 trees. */
export interface MetricStep {
  readonly name: string;
  readonly step: number;
  readonly value: number;
}

export interface RunStore {
  /** Repeated for the same id it changes nothing. A parent must have been started before. */
  start(run: {
    id: string;
    project: string;
    kind: string;
    parameters: Readonly<Record<string, unknown>>;
    parentId?: string | null;
    tags?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** Metrics over steps; a step that was told before stays as it was, values that are not finite are left out. */
  logSteps(id: string, points: readonly MetricStep[]): Promise<void>;
  finish(
    id: string,
    outcome: {
      status: 'succeeded' | 'failed' | 'cancelled';
      metrics?: Readonly<Record<string, number>>;
      error?: string | null;
    },
  ): Promise<void>;
  /** Ends the runs below this one that have not ended. */
  finishChildren(parentId: string, status: 'failed' | 'cancelled'): Promise<void>;
  list(project: string, page: { limit: number; before?: Date | undefined }): Promise<Run[]>;
}
