import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateHomes } from '../../projects/home-prices/generate.js';

const path =
  process.env.HOME_PRICES_REAL_CSV ??
  fileURLToPath(new URL('../../../shared/data/Bengaluru_House_Data.csv', import.meta.url));

/** The real Bengaluru file where it is at hand, else a generated one: `real` says which. */
export function homeCsv(): { readonly text: string; readonly real: boolean } {
  if (existsSync(path)) return { text: readFileSync(path, 'utf8'), real: true };
  return { text: generateHomes({ randomState: 1 }), real: false };
}
