/** What the player reads of the control API. */
export interface ExperimentStatus {
  readonly experimentId: number;
  readonly candidate: string;
  readonly minRequests: number;
  readonly minRatings: number;
}

export interface DecisionSummary {
  readonly id: number;
  readonly verdict: string;
  readonly reason: string;
  readonly workflow_id: string | null;
  readonly decided_at: string;
  readonly evaluation: { readonly rule: { readonly numbers: Readonly<Record<string, number | null>> } };
}

interface Overview {
  readonly experiment: {
    readonly id: number;
    readonly state: string;
    readonly candidate_version: string;
    readonly rule: { readonly minRequests: number; readonly minRatings: number };
  } | null;
  readonly last_decision: DecisionSummary | null;
}

/** @throws {Error} that says what was asked and what came back */
async function request(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${init?.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return text === '' ? null : JSON.parse(text);
}

export function createControlClient(address: string, project: string) {
  const overview = () => request(`${address}/api/overview?project=${project}`) as Promise<Overview>;
  return {
    /** The running experiment, if there is one. */
    async experiment(): Promise<ExperimentStatus | null> {
      const { experiment } = await overview();
      if (experiment?.state !== 'running') return null;
      const { minRequests, minRatings } = experiment.rule;
      return { experimentId: experiment.id, candidate: experiment.candidate_version, minRequests, minRatings };
    },

    async lastDecision(): Promise<DecisionSummary | null> {
      return (await overview()).last_decision;
    },

    /** Brings the hourly evaluation forward to now. */
    async evaluateNow(): Promise<void> {
      await request(`${address}/api/schedules/${project}-evaluate-hourly/trigger`, { method: 'POST' });
    },
  };
}

export type ControlClient = ReturnType<typeof createControlClient>;
