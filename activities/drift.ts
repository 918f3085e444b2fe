import { Context } from '@temporalio/activity';
import { assessDrift } from '../core/drift/assess-drift.js';
import { DriftAccumulator } from '../core/drift/drift-accumulator.js';
import type { DriftReport } from '../core/drift/drift-report.js';
import { parseReferenceProfile } from '../core/drift/reference-profile.js';
import { needsRetraining } from '../core/drift/retraining-rule.js';
import type { ModelProject } from '../core/project.js';
import { artifactPrefix } from '../core/registry/version.js';
import { stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { ArtifactStore, DriftStore, PredictionReader, SlotStore } from './ports.js';

export interface DriftDeps {
  readonly project: (name: string) => ModelProject;
  readonly slots: SlotStore;
  readonly artifacts: ArtifactStore;
  readonly predictions: PredictionReader;
  readonly driftReports: DriftStore;
  readonly now: () => Date;
}

/** What a workflow carries of a drift report. */
export interface DriftOutcome {
  readonly reportId: number | null;
  readonly modelVersion: string | null;
  /** Verdict of the evidence: insufficient_data, stable, warn, drift; no_model before the first. */
  readonly verdict: string;
  readonly reason: string;
  readonly rows: number;
  /** The plain readings: a mean moved by more than its percentage, and the score with its alert. */
  readonly overallDriftDetected: boolean;
  readonly modelDriftScore: number | null;
  readonly modelDriftAlert: boolean;
  readonly retrain: boolean;
}

const WINDOW_HOURS = 24;
const PAGE_ROWS = 5_000;
/** Enough for the three days that the retraining rule looks at, with reports made by hand in between. */
const RECENT_REPORTS = 50;

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

export function createDriftActivities({ project, slots, artifacts, predictions, driftReports, now }: DriftDeps) {
  return withDomainFailures({
    /** Compares the last day's production predictions with the reference of the model that is in production. */
    async measureDrift(name: string): Promise<DriftOutcome> {
      const { prefix, drift, target } = project(name);
      const { version } = await slots.get(name, 'production');
      if (version === null) {
        return {
          reportId: null,
          modelVersion: null,
          verdict: 'no_model',
          reason: `${name} has no model in production`,
          rows: 0,
          overallDriftDetected: false,
          modelDriftScore: null,
          modelDriftAlert: false,
          retrain: false,
        };
      }
      const bytes = await artifacts.readFile(artifactPrefix(prefix, version), 'reference.json');
      const reference = parseReferenceProfile(JSON.parse(new TextDecoder().decode(bytes)));

      const end = now();
      const window = { start: new Date(end.getTime() - WINDOW_HOURS * 3_600_000), end };
      const accumulator = new DriftAccumulator(reference);
      for await (const page of predictions.pages(name, 'production', window, PAGE_ROWS)) {
        for (const { input, prediction } of page) accumulator.add(input, prediction);
        Context.current().heartbeat({ rows: accumulator.rows });
      }
      const outcomes = await predictions.outcomes(name, version, window, target.classes);
      const report = assessDrift(reference, accumulator.result(), drift, outcomes);
      const stored = await driftReports.record(
        {
          project: name,
          modelVersion: version,
          windowStart: window.start,
          windowEnd: window.end,
          rows: report.rows,
          drifted: report.overall_drift_detected,
          score: report.model_drift_score,
          report,
        },
        stepKey('drift'),
      );

      const recent = await driftReports.list(name, { limit: RECENT_REPORTS });
      const days = recent
        .filter(({ modelVersion }) => modelVersion === version)
        .map(({ windowEnd, report: past }) => {
          const { status, severe } = past as DriftReport;
          return { day: dayOf(windowEnd), status, severe };
        });
      const { retrain, reason } = needsRetraining(days, dayOf(end));
      return {
        reportId: stored.id,
        modelVersion: version,
        verdict: report.status,
        reason: `${report.reason}; ${reason}`,
        rows: report.rows,
        overallDriftDetected: report.overall_drift_detected,
        modelDriftScore: report.model_drift_score,
        modelDriftAlert: report.model_drift_alert,
        retrain,
      };
    },
  });
}

export type DriftActivities = ReturnType<typeof createDriftActivities>;
