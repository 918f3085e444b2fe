import { requestJson } from './http.js';

/** The three species, in the order of their numbers. */
export const species = ['setosa', 'versicolor', 'virginica'] as const;
export type Species = (typeof species)[number];

/** The four measures of a flower in centimetres, in the order of the model: the range of the data and its middle. */
export const measures = [
  { name: 'Sepal length', least: 4, most: 8, start: 5.8 },
  { name: 'Sepal width', least: 2, most: 4.5, start: 3 },
  { name: 'Petal length', least: 1, most: 7, start: 4.4 },
  { name: 'Petal width', least: 0.1, most: 2.5, start: 1.3 },
] as const;

interface IrisAnswer {
  /** Number or name of the species. */
  readonly prediction: number | string;
  readonly model_version: string;
  readonly timestamp: string;
  readonly prediction_id?: number;
  readonly probabilities?: readonly number[] | Readonly<Record<string, number>>;
}

export interface IrisPrediction {
  readonly features: readonly number[];
  readonly species: string;
  /** What feedback names it by; unknown of what older versions of this page have kept. */
  readonly predictionId?: number | undefined;
  /** What it really was, once somebody has said so. */
  readonly actual?: Species | undefined;
  readonly modelVersion: string;
  readonly timestamp: string;
  /** By species, in their order; empty where the model tells none. */
  readonly probabilities: readonly (readonly [name: string, share: number])[];
}

const named = (value: number | string): string => (typeof value === 'number' ? species[value] : value) ?? String(value);

function shares({ probabilities = [] }: IrisAnswer): IrisPrediction['probabilities'] {
  return Object.entries(probabilities).map(([key, share]) => [named(/^\d+$/.test(key) ? Number(key) : key), share]);
}

/** @param features in centimetres, in the order of `measures` */
export async function predictIris(features: readonly number[]): Promise<IrisPrediction> {
  const answer = await requestJson<IrisAnswer>('/projects/iris/predict', { method: 'POST', body: { features } });
  return {
    features,
    species: named(answer.prediction),
    predictionId: answer.prediction_id,
    modelVersion: answer.model_version,
    timestamp: answer.timestamp,
    probabilities: shares(answer),
  };
}

/** Tells what a flower really was; a second answer replaces the first, null takes it back. */
export async function tellSpecies(predictionId: number, actual: Species | null): Promise<void> {
  const about = { prediction_id: predictionId, feedback_type: 'actual_class' };
  await requestJson(`/projects/iris/api/feedback${actual === null ? '/withdraw' : ''}`, {
    method: 'POST',
    body: actual === null ? about : { ...about, feedback_value: actual },
  });
}
