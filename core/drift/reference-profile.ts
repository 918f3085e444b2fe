import { z } from 'zod';
import { ArtifactInvalidError } from '../errors.js';

const moments = { n: z.int().min(0), mean: z.number(), std: z.number().min(0) };

const numericReference = z.strictObject({
  kind: z.literal('numeric'),
  ...moments,
  missing: z.int().min(0),
  min: z.number(),
  max: z.number(),
  /** Inner decile edges, ascending, distinct: bin i holds edges[i−1] < value ≤ edges[i]. */
  edges: z.array(z.number()),
  /** Values per bin, one more than edges. */
  counts: z.array(z.int().min(0)),
  /** Evenly spaced order statistics, ascending, at most 2,000: the distribution itself. */
  sample: z.array(z.number()),
});

const categoryReference = z.strictObject({
  kind: z.literal('category'),
  n: z.int().min(0),
  missing: z.int().min(0),
  /** Most frequent first. */
  categories: z.array(z.string()),
  counts: z.array(z.int().min(0)),
});

const series = z.discriminatedUnion('kind', [numericReference, categoryReference]);

const referenceProfileSchema = z.strictObject({
  format: z.literal(1),
  rows: z.int().min(1),
  columns: z.record(z.string(), series),
  prediction: series,
  /** |prediction − actual| / |actual| on held-out rows, of classes 1 when wrong, else 0; null when it was not measured. */
  error: z.strictObject(moments).nullable(),
});

/** `reference.json`: what the inputs and predictions looked like in training. Later days are compared with it. */
export type ReferenceProfile = z.infer<typeof referenceProfileSchema>;
export type SeriesReference = z.infer<typeof series>;
export type NumericReference = z.infer<typeof numericReference>;
export type CategoryReference = z.infer<typeof categoryReference>;

/** @throws {ArtifactInvalidError} naming the first thing wrong with it */
export function parseReferenceProfile(value: unknown): ReferenceProfile {
  const result = referenceProfileSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ArtifactInvalidError(`reference.json is not valid: ${issue?.path.join('.')}: ${issue?.message}`);
}
