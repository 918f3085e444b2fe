import { z } from 'zod';
import { ArtifactInvalidError } from '../errors.js';

const numericColumn = z.strictObject({
  name: z.string().min(1),
  kind: z.literal('numeric'),
  /** Smallest and largest value seen in training; null when every value was missing. */
  min: z.number().nullable(),
  max: z.number().nullable(),
});

const ordinalColumn = z.strictObject({
  name: z.string().min(1),
  kind: z.literal('ordinal'),
  categories: z.array(z.string()).min(1),
});

const targetColumn = z
  .strictObject({
    name: z.string().min(1),
    kind: z.literal('target'),
    /** Known categories as first written in training, with their value and training rows at the same index. */
    categories: z.array(z.string()),
    values: z.array(z.number()),
    counts: z.array(z.int().min(1)),
    /** The value of every other category, and of a missing one. */
    other: z.number(),
    otherCount: z.int().min(0),
  })
  .refine((column) => column.values.length === column.categories.length, 'values and categories differ in length')
  .refine((column) => column.counts.length === column.categories.length, 'counts and categories differ in length');

/** Everything needed to turn a row into model inputs; plain JSON, part of `model.json`. One column per model input, in order. */
const encoderPlanSchema = z.strictObject({
  format: z.literal(1),
  columns: z.array(z.discriminatedUnion('kind', [numericColumn, ordinalColumn, targetColumn])).min(1),
});

export type EncoderPlan = z.infer<typeof encoderPlanSchema>;
export type EncodedColumn = EncoderPlan['columns'][number];

/**
 * The `encoder` of a model document, checked.
 *
 * @throws {ArtifactInvalidError} naming the first thing wrong with it
 */
export function parseEncoderPlan(value: unknown): EncoderPlan {
  const result = encoderPlanSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ArtifactInvalidError(`the model's encoder is not valid: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Names of the model inputs, in the order of the encoded columns. */
export function featureNames(plan: EncoderPlan): string[] {
  return plan.columns.map((column) => column.name);
}

/** Known categories of a column in alphabetical order (any case); empty for a column that has none. */
export function knownCategories(plan: EncoderPlan, name: string): string[] {
  const column = plan.columns.find((candidate) => candidate.name === name);
  if (column === undefined || column.kind === 'numeric') return [];
  const collator = new Intl.Collator('en', { numeric: true });
  return [...column.categories].sort(collator.compare);
}
