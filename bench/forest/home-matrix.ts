import { existsSync, readFileSync } from 'node:fs';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { targetValues } from '../../core/features/target-values.js';
import type { Matrix } from '../../core/forest/matrix.js';
import { homePrices } from '../../projects/home-prices/project.js';

export interface Problem {
  readonly name: string;
  readonly X: Matrix & { readonly data: Float64Array };
  readonly y: Float64Array;
}

/** The five features that both kinds of home rows have from the start: area, place, rooms, baths, balconies. */
const FEATURES = 5;

const REAL_FILE =
  process.env.HOME_PRICES_REAL_CSV ??
  new URL('../../../shared/data/Bengaluru_House_Data.csv', import.meta.url).pathname;

/** The cleaned and encoded rows of the real file, or null where the file is not there. */
export function realHomes(): Problem | null {
  return existsSync(REAL_FILE) ? encodeHomes('real homes', readFileSync(REAL_FILE, 'utf8')) : null;
}

/** The same from the project's generator. */
export function generatedHomes(randomState: number): Problem {
  const raw = homePrices.dataset.generate({ randomState });
  return encodeHomes(randomState === 0 ? 'generated homes' : `generated homes, seed ${randomState}`, raw);
}

function encodeHomes(name: string, rawCsv: string): Problem {
  const { rows } = homePrices.dataset.clean(rawCsv);
  const y = targetValues(rows, homePrices.target.column);
  const plan = fitEncoder(homePrices.features.slice(0, FEATURES), rows, y);
  return { name: `${name} (${rows.length} × ${FEATURES})`, X: encodeRows(plan, rows), y };
}
