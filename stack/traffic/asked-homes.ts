import type { HomeInput } from '../../projects/home-prices/home-row.js';
import { homeInputSchema } from '../../projects/home-prices/input.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { askedRows } from './asked-rows.js';

/**
 * The homes that visitors ask about: those that the model learns from, each once. Who draws from them evenly asks about
 * places and sizes as often as they are in the training data, so traffic that has not changed does not look like drift.
 */
export async function askedHomes(environment: NodeJS.ProcessEnv): Promise<HomeInput[]> {
  const rows = await askedRows(homePrices, environment);
  return rows.map(({ input }) => homeInputSchema.parse(input));
}
