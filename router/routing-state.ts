import { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';

/** Two decimals, because nginx counts shares in hundredths of a percent. */
const percent = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-6, 'at most two decimals');

const address = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([1-9]\d{0,4})$/, 'host:port, for example 127.0.0.1:6001')
  .refine((value) => Number(value.slice(value.lastIndexOf(':') + 1)) <= 65_535, 'a port of 1..65535');

/** The values end up in an nginx configuration, so each is held to an alphabet that cannot end a string there. */
const routingStateSchema = z.object({
  project: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'a project name: a-z 0-9 - _'),
  generation: z.number().int().min(0),
  experimentId: z.number().int().min(0).nullable(),
  salt: z.string().regex(/^[A-Za-z0-9:._-]{0,128}$/, 'a salt: up to 128 of A-Z a-z 0-9 : . _ -'),
  candidateWeightPercent: percent,
  shadowPercent: percent,
  production: z.array(address),
  candidate: z.array(address),
});

/**
 * What a router should do. `generation` never goes back; the same generation may come with other instances.
 * Shares are percentages 0..100, instances `host:port`. Without a production instance the router answers 502.
 */
export type RoutingState = Readonly<z.infer<typeof routingStateSchema>>;

/** @throws {InvalidInputError} naming every field that is wrong */
export function parseRoutingState(value: unknown): RoutingState {
  const result = routingStateSchema.safeParse(value);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new InvalidInputError(
    `routing state refused: ${problems.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    problems,
  );
}

/** Share of users that really see the candidate: none while no instance serves it. */
export function effectiveWeightPercent(state: RoutingState): number {
  return state.candidate.length === 0 ? 0 : state.candidateWeightPercent;
}

/** Share of production's predictions that is really mirrored. */
export function effectiveShadowPercent(state: RoutingState): number {
  return state.candidate.length === 0 ? 0 : state.shadowPercent;
}
