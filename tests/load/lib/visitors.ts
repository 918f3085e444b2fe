import exec from 'k6/execution';
import { predict, readLocations } from './api.ts';

export interface SetupData {
  readonly locations: readonly string[];
  /** Tells the users of this run from those of an earlier one. */
  readonly run: string;
}

export function setup(): SetupData {
  return { locations: readLocations(), run: Date.now().toString(36) };
}

/** Every iteration is another user, so the share of predictions is the share of users. */
export function visit({ locations, run }: SetupData): void {
  predict(`load-${run}-${exec.scenario.iterationInTest}`, locations);
}
