import { z } from 'zod';
import { UnavailableError } from '../core/errors.js';
import { readState } from '../stack/state-file.js';

const routingSchema = z.object({ experimentId: z.number().nullable(), candidateWeightPercent: z.number() });

export interface Target {
  readonly router: string;
  /** Share of the users that the candidate is to get now, 0..1. */
  readonly candidateWeight: number;
}

/**
 * The router of the stack that runs on a home, or the usual port.
 *
 * @returns an origin such as http://localhost:7000
 */
export function findRouter(home: string, fallbackPort: number): string {
  const address = readState(home)?.parts.find((part) => part.name === 'router')?.address;
  return address?.startsWith('http') ? address : `http://127.0.0.1:${fallbackPort}`;
}

/**
 * What a load test must know about the router before it begins.
 *
 * @throws {UnavailableError} if nothing answers there
 */
export async function describeTarget(router: string): Promise<Target> {
  try {
    const answer = await fetch(`${router}/router/state`, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const { experimentId, candidateWeightPercent } = routingSchema.parse(await answer.json());
    return { router, candidateWeight: experimentId === null ? 0 : candidateWeightPercent / 100 };
  } catch (cause) {
    throw new UnavailableError(
      `${router}/router/state does not answer as a router does (${(cause as Error).message}). Start the stack with ` +
        '`npm start`, or name another router with --router. A router that keeps its state page to itself, as behind a ' +
        'load balancer, needs --candidate-weight.',
      { cause },
    );
  }
}
