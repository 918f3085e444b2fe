import { SQUARE_FEET } from '../../core/dataset/parse-area.js';
import { createRandom, type Random } from '../../core/stats/random.js';
import { generateHome, normal, pick } from './generate-home.js';
import { PLACES } from './generated-places.js';
import { type HomeInput, RAW_COLUMNS, type RawHome } from './home-row.js';
import { truePrice } from './true-price.js';

/** Draws places by rank: the share of the r-th is proportional to (r + 6)^−1.1, a long tail. */
function placeSampler(random: Random): () => string {
  const bounds = new Float64Array(PLACES.length);
  let total = 0;
  for (let r = 0; r < PLACES.length; r++) {
    total += (r + 6) ** -1.1;
    bounds[r] = total;
  }
  return () => {
    const draw = random() * total;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle]! > draw) high = middle;
      else low = middle + 1;
    }
    return PLACES[low]!.name;
  };
}

/** How the area is written down: nearly always plain, now and then as a range or in another unit. */
function writeArea(random: Random, squareFeet: number): string {
  const unit = (name: string, label: string) => `${Number((squareFeet / SQUARE_FEET[name]!).toFixed(2))}${label}`;
  const draw = random();
  if (draw < 0.015) {
    const half = Math.max(1, Math.round(squareFeet * (0.02 + 0.2 * random())));
    return `${squareFeet - half} - ${squareFeet + half}`;
  }
  if (draw < 0.0163) return unit('sq. meter', 'Sq. Meter');
  if (draw < 0.0174) return unit('sq. yards', 'Sq. Yards');
  // land for sale among the homes
  if (draw < 0.018) return `${1 + Math.floor(random() * 30)}Acres`;
  if (draw < 0.0182) return unit('guntha', 'Guntha');
  if (draw < 0.0184) return unit('cents', 'Cents');
  if (draw < 0.0185) return unit('grounds', 'Grounds');
  return draw < 0.0186 ? unit('perch', 'Perch') : String(squareFeet);
}

function writeLocation(random: Random, location: string): string {
  const draw = random();
  if (draw < 0.0001) return '';
  if (draw < 0.007) return ` ${location}`;
  if (draw < 0.009) return `${location},`;
  return draw < 0.012 ? location.toLowerCase() : location;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function writeAvailability(random: Random, home: HomeInput): string {
  if (home.availability === 'Ready To Move') return random() < 0.002 ? 'Immediate Possession' : 'Ready To Move';
  return `${18 + Math.floor(random() * 5)}-${MONTHS[Math.floor(random() * 12)]}`;
}

function writeSociety(random: Random): string {
  if (random() < 0.413) return '';
  const letters = Array.from({ length: 5 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  return `${letters[0]!.toUpperCase()}${letters.slice(1)}${random() < 0.2 ? ' ' : random() < 0.5 ? 'rs' : ''}`;
}

/** What is asked for the home: the true price, haggled over, and sometimes far from it. Lakh INR. */
function askingPrice(random: Random, home: HomeInput): number {
  const mistake = pick(random, [
    [0.03, 1.8 + 3 * random()],
    [0.045, 0.25 + 0.3 * random()],
    [1, 1],
  ]);
  const price = truePrice(home) * Math.exp(0.13 * normal(random)) * mistake;
  return Math.max(8, Number(price.toFixed(price < 100 ? 2 : 0)));
}

function writeHome(random: Random, home: HomeInput): RawHome {
  const rooms =
    home.bhk === 1 && random() < 0.02 ? '1 RK' : `${home.bhk} ${home.area_type === 'Plot Area' ? 'Bedroom' : 'BHK'}`;
  const noBath = random() < 0.0055;
  return {
    area_type: home.area_type!.replace(' Area', '  Area'),
    availability: writeAvailability(random, home),
    location: writeLocation(random, home.location),
    size: random() < 0.0012 ? '' : rooms,
    society: writeSociety(random),
    total_sqft: writeArea(random, home.total_sqft),
    bath: noBath ? '' : String(home.bath),
    balcony: noBath || random() < 0.04 ? '' : String(home.balcony),
    price: String(askingPrice(random, home)),
  };
}

const quote = (cell: string) => (cell.includes(',') || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * A raw file in the format of the Bengaluru house data, with its kind of mess: missing cells, odd units, ranges, quoted
 * commas, repeated listings, crammed homes, prices out of line. The same text for the same seed. The places and
 * what they are worth are the same for every seed: they are the world, the seed only draws listings from it.
 *
 * @param rows listings, header not counted
 */
export function generateHomes({
  randomState,
  rows = 13_000,
}: {
  readonly randomState: number;
  readonly rows?: number;
}): string {
  const random = createRandom(randomState);
  const place = placeSampler(random);
  const lines: string[] = [];
  while (lines.length < rows) {
    if (lines.length > 0 && random() < 0.035) {
      lines.push(lines[Math.floor(random() * lines.length)]!);
      continue;
    }
    const raw = writeHome(random, generateHome(random, place()));
    lines.push(RAW_COLUMNS.map((column) => quote(raw[column])).join(','));
  }
  return `${RAW_COLUMNS.join(',')}\n${lines.join('\n')}\n`;
}
