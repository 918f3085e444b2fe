import { ConflictError } from '../errors.js';
import type { ExperimentPath, ShadowSettings } from './experiment-settings.js';

/** The states that an experiment still has users, or waits for them, in. */
export type OpenState = 'warming' | 'shadow' | 'ramping' | 'running' | 'paused';

/** Where an experiment is on its way, as its row keeps it. */
export interface ExperimentPhase {
  readonly state: OpenState;
  /** Step of the ramp, from 0; counts in `ramping` only. */
  readonly rampStep: number;
  /** What a paused experiment goes back to. */
  readonly pausedFrom: Exclude<OpenState, 'warming' | 'paused'> | null;
  /** Share of users at full weight, percent. */
  readonly weightPercent: number;
}

/**
 * `warmed`: the candidate's instances serve it · `held`: a phase lasted as long as it should without a broken guardrail ·
 * `pause`, `resume`, `weights`, `shadow`: a person's wish; a shadow of null ends the one there is before its time.
 */
export type ExperimentEvent =
  | { readonly type: 'warmed' | 'held' | 'pause' | 'resume' }
  | { readonly type: 'weights'; readonly weightPercent: number }
  | { readonly type: 'shadow'; readonly shadow: ShadowSettings | null };

export interface ExperimentStep {
  readonly phase: ExperimentPhase;
  /** The way from here to the full weight. */
  readonly path: ExperimentPath;
  /** The counts so far were made under another split: the clock of the decision begins anew. */
  readonly restartsClock: boolean;
}

interface PhaseFacts extends Pick<ExperimentPhase, 'rampStep' | 'pausedFrom'> {
  readonly state: string;
  readonly candidateWeightPercent: number;
}

/** Where an experiment that has not ended is on its way. */
export function phaseOf({ state, rampStep, pausedFrom, candidateWeightPercent }: PhaseFacts): ExperimentPhase {
  return { state: state as OpenState, rampStep, pausedFrom, weightPercent: candidateWeightPercent };
}

/** What the router does for an experiment. */
export interface ExperimentTraffic {
  readonly candidateWeightPercent: number;
  readonly shadowPercent: number;
}

/** The steps of a ramp that lie below the full weight: the others would send more users than asked for. */
function stepsBelow(path: ExperimentPath, weightPercent: number) {
  return path.ramp.filter((step) => step.weightPercent < weightPercent);
}

/** The phase after `rampStep − 1` steps: the next step, or the full weight. */
function climb(phase: ExperimentPhase, path: ExperimentPath, rampStep: number): ExperimentStep {
  const ramping = rampStep < stepsBelow(path, phase.weightPercent).length;
  return {
    phase: { ...phase, state: ramping ? 'ramping' : 'running', rampStep: ramping ? rampStep : 0, pausedFrom: null },
    path,
    restartsClock: !ramping,
  };
}

function refuse({ state }: ExperimentPhase, event: ExperimentEvent): never {
  throw new ConflictError(`an experiment that is ${state} cannot take "${event.type}"`);
}

/**
 * What an event makes of a phase. warming → (shadow) → (ramping, step by step) → running; pause leads out of the last
 * three and resume back, a shadow may be asked for in them too; ending is possible from everywhere and not an event.
 *
 * @throws {ConflictError} when the event does not fit the phase
 */
export function nextPhase(phase: ExperimentPhase, event: ExperimentEvent, path: ExperimentPath): ExperimentStep {
  const { state } = phase;
  const move = (after: ExperimentPhase, way = path) => ({ phase: after, path: way, restartsClock: false });
  switch (event.type) {
    case 'warmed':
      if (state !== 'warming') return refuse(phase, event);
      return path.shadow ? move({ ...phase, state: 'shadow' }) : climb(phase, path, 0);
    case 'held':
      if (state === 'shadow') return climb(phase, path, 0);
      if (state === 'ramping') return climb(phase, path, phase.rampStep + 1);
      return refuse(phase, event);
    case 'pause':
      if (state === 'warming' || state === 'paused') return refuse(phase, event);
      return move({ ...phase, state: 'paused', pausedFrom: state });
    case 'resume':
      if (state !== 'paused' || phase.pausedFrom === null) return refuse(phase, event);
      return move({ ...phase, state: phase.pausedFrom, pausedFrom: null });
    case 'weights': {
      const changed = { ...phase, weightPercent: event.weightPercent };
      // in the shadow it is where the ramp will lead to; a person who sets the weight of a ramp has ended the ramp
      if (state === 'shadow') return move(changed);
      if (state !== 'ramping' && state !== 'running') return refuse(phase, event);
      return { phase: { ...changed, state: 'running', rampStep: 0 }, path, restartsClock: true };
    }
    case 'shadow':
      if (event.shadow === null) return state === 'shadow' ? climb(phase, path, 0) : refuse(phase, event);
      if (state === 'warming' || state === 'paused') return refuse(phase, event);
      // nobody is compared any more; the clock begins anew when users come back
      return move({ ...phase, state: 'shadow', rampStep: 0 }, { ...path, shadow: event.shadow });
  }
}

/** Which users, and which copies of requests, the candidate gets in a phase. */
export function trafficOf(phase: ExperimentPhase, path: ExperimentPath): ExperimentTraffic {
  const { state, rampStep, weightPercent } = phase;
  if (state === 'shadow') return { candidateWeightPercent: 0, shadowPercent: path.shadow?.percent ?? 0 };
  if (state === 'running') return { candidateWeightPercent: weightPercent, shadowPercent: 0 };
  if (state === 'ramping') {
    const step = stepsBelow(path, weightPercent)[rampStep];
    return { candidateWeightPercent: step?.weightPercent ?? weightPercent, shadowPercent: 0 };
  }
  return { candidateWeightPercent: 0, shadowPercent: 0 };
}

/**
 * Whether a phase lasted as long as it should.
 *
 * @param heldMinutes since the phase, or this step of the ramp, began; below 0 when a clock jumped
 * @param shadowRequests copies that the candidate answered since then
 */
export function phaseHeld(
  phase: ExperimentPhase,
  path: ExperimentPath,
  heldMinutes: number,
  shadowRequests: number,
): boolean {
  if (phase.state === 'ramping') {
    const step = stepsBelow(path, phase.weightPercent)[phase.rampStep];
    return step === undefined || heldMinutes >= step.holdMinutes;
  }
  if (phase.state !== 'shadow') return false;
  const { hours = 0, minRequests = 0 } = path.shadow ?? {};
  return heldMinutes >= hours * 60 && shadowRequests >= minRequests;
}
