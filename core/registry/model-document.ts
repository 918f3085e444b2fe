import { z } from 'zod';

const valueSchema = z.union([z.number(), z.string(), z.null()]);

/**
 * `model.json`: everything about a model but its trees. `encoder` is a core/features EncoderPlan.
 * `expected` are a few rows with the predictions the trainer computed: who loads the model checks that it says the same.
 */
export const modelDocumentSchema = z.object({
  format: z.literal(1),
  project: z.string(),
  version: z.string(),
  task: z.enum(['regression', 'classification']),
  target: z.object({ column: z.string(), unit: z.string() }),
  algorithm: z.string(),
  encoder: z.unknown(),
  hyperparameters: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.number()),
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
