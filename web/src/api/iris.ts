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
  readonly probabilities?: readonly number[] | Readonly<Record<string, number>>;
}

export interface IrisPrediction {
  readonly features: readonly number[];
  readonly species: string;
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
    modelVersion: answer.model_version,
    timestamp: answer.timestamp,
    probabilities: shares(answer),
  };
}
