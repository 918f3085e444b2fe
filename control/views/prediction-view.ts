import { z } from 'zod';
import type { ListedFeedback } from '../../adapters/postgres/lists/prediction-list.js';
import type { LoggedFeedback, LoggedPrediction } from '../../adapters/postgres/prediction-reader.js';
import { instant, iso, isoOrNull, recorded } from './fields.js';

const feedbackSchema = z.object({
  type: z.string(),
  value: z.unknown().describe('Text of a comment is what a visitor wrote'),
  created_at: instant,
});

export const predictionSchema = z
  .object({
    id: z.int(),
    model_version: z.string(),
    variant: z.enum(['production', 'candidate']),
    assigned_variant: z.enum(['production', 'candidate']).nullable(),
    experiment_id: z.int().nullable(),
    user_id: z.string().nullable(),
    request_id: z.string().nullable(),
    shadow: z.boolean(),
    input: recorded,
    prediction: z.number(),
    latency_ms: z.number(),
    feedback: z.array(feedbackSchema).describe('What was said of it and still holds'),
    created_at: instant,
  })
  .meta({ id: 'Prediction' });

export function predictionView(
  found: LoggedPrediction,
  said: readonly LoggedFeedback[],
): z.input<typeof predictionSchema> {
  return {
    id: found.id,
    model_version: found.modelVersion,
    variant: found.variant,
    assigned_variant: found.assignedVariant,
    experiment_id: found.experimentId,
    user_id: found.userId,
    request_id: found.requestId,
    shadow: found.shadow,
    input: { ...found.input },
    prediction: found.prediction,
    latency_ms: found.latencyMs,
    feedback: said
      .filter(({ predictionId }) => predictionId === found.id)
      .map(({ type, value, at }) => ({ type, value, created_at: at })),
    created_at: found.at,
  };
}

export const feedbackEntrySchema = z
  .object({
    id: z.int(),
    prediction_id: z.int(),
    type: z.string(),
    value: z.unknown().describe('Text of a comment is what a visitor wrote'),
    model_version: z.string(),
    variant: z.string(),
    prediction: z.number(),
    created_at: instant,
    superseded_at: instant.nullable().describe('When a later answer of the same type took its place'),
  })
  .meta({ id: 'FeedbackEntry' });

export function feedbackEntryView(entry: ListedFeedback): z.input<typeof feedbackEntrySchema> {
  return {
    id: entry.id,
    prediction_id: entry.predictionId,
    type: entry.type,
    value: entry.value,
    model_version: entry.modelVersion,
    variant: entry.variant,
    prediction: entry.prediction,
    created_at: iso(entry.createdAt),
    superseded_at: isoOrNull(entry.supersededAt),
  };
}
