import { z } from 'zod';
import { ArtifactInvalidError } from '../errors.js';

const valueSchema = z.union([z.number(), z.string(), z.null()]);

/** What one gate said of a model. */
export const gateOutcomeSchema = z.object({
  gate: z.string(),
  passed: z.boolean(),
  value: z.number().nullable(),
  limit: z.number(),
  reason: z.string(),
});

/**
 * `model.json`: everything about a model but its trees. `encoder` is a core/features EncoderPlan.
 * `expected` are a few rows with the predictions the trainer computed: who loads the model checks that it says the same.
 */
const modelDocumentSchema = z.object({
  format: z.literal(1),
  project: z.string(),
  version: z.string(),
  task: z.enum(['regression', 'classification']),
  target: z.object({ column: z.string(), unit: z.string() }),
  /** Classification: the labels in the order of the class numbers that the forest predicts. */
  classes: z.array(z.string()).optional(),
  algorithm: z.string(),
  encoder: z.unknown(),
  hyperparameters: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.number()),
  /** What the gates said; models of earlier versions and from elsewhere have none. */
  gates: z.array(gateOutcomeSchema).optional(),
  importances: z.record(z.string(), z.number()),
  expected: z.array(z.object({ row: z.record(z.string(), valueSchema), prediction: z.number() })),
  lineage: z.object({
    datasetKey: z.string(),
    datasetNumber: z.number().int(),
    trainRows: z.number().int(),
    testRows: z.number().int(),
    randomState: z.number().int(),
    runId: z.string(),
    parentVersion: z.string().nullable(),
    codeRevision: z.string().nullable(),
    trainedAt: z.string(),
  }),
});
export type ModelDocument = z.infer<typeof modelDocumentSchema>;

/**
 * A model document from its file.
 *
 * @param where the file, for the message
 * @throws {ArtifactInvalidError} naming the first thing wrong with it
 */
export function parseModelDocument(bytes: Uint8Array, where = 'model.json'): ModelDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ArtifactInvalidError(`${where} is not JSON`, { cause: error });
  }
  const result = modelDocumentSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ArtifactInvalidError(`${where}: ${issue?.path.join('.')}: ${issue?.message}`);
}
