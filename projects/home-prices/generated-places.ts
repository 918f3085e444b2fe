import { categoryKey } from '../../core/dataset/category-key.js';
import { murmurHash2 } from '../../core/experiment/murmur-hash2.js';

/** A location of the generated world, with the price level that is planted in it. */
export interface Place {
  readonly name: string;
  /** Rupees per square foot of an ordinary flat. */
  readonly ratePerSqft: number;
}

/** Price levels of the five tiers, rupees per square foot, cheapest first. */
const TIER_RATES = [3_700, 4_800, 6_100, 8_600, 13_500] as const;
/** Level of a place that the world does not know. */
const UNKNOWN_RATE = 5_400;

/** Well-known places of Bengaluru by tier, the most listed ones first. */
const FAMOUS: readonly (readonly [string, number])[] = [
  ['Whitefield', 2], ['Sarjapur Road', 1], ['Electronic City', 1], ['Kanakpura Road', 1], ['Thanisandra', 2],
  ['Yelahanka', 1], ['Uttarahalli', 1], ['Hebbal', 3], ['Marathahalli', 2], ['Raja Rajeshwari Nagar', 1],
  ['Hennur Road', 2], ['Bannerghatta Road', 2], ['7th Phase JP Nagar', 3], ['Haralur Road', 1], ['Rajaji Nagar', 4],
  ['Chandapura', 0], ['Bellandur', 2], ['KR Puram', 1], ['Hoodi', 1], ['Yeshwanthpur', 3],
  ['Begur Road', 0], ['Kasavanhalli', 2], ['Banashankari', 3], ['Hormavu', 1], ['Kengeri', 1],
  ['Koramangala', 4], ['Old Madras Road', 1], ['Varthur', 1], ['HSR Layout', 3], ['Indira Nagar', 4],
  ['Jayanagar', 4], ['Malleshwaram', 4], ['CV Raman Nagar', 2], ['Bommasandra', 0], ['Attibele', 0],
  ['Anekal', 0], ['Hosa Road', 1], ['Jigani', 1], ['Vijayanagar', 3], ['Basavangudi', 4],
  ['Frazer Town', 3], ['Dollars Colony', 4], ['Cunningham Road', 4], ['Sadashiva Nagar', 4], ['Budigere', 1],
]; // biome-ignore format: a table

const STEMS =
  'Arasana Bala Benna Bhoga Bilva Byra Chikka Channa Dasara Dodda Gani Gotti Guru Hanuma Haru Hosa Jaya Kada Kali Kamana Kere Kodi Kumara Lakshmi Madhu Mallika Manju Muneshwara Naga Nanda Nara Nela Padma Panat Rama Ranga Sanjeeva Shanti Shiva Sidda Soma Subba Talli Tirumala Udaya Vara Veera Venkata Vidya Vinayaka'.split(
    ' ',
  );
const ENDINGS = [
  'halli', 'pura', 'palya', 'sandra', 'kere', ' Nagar', ' Layout', ' Main Road', ' Colony', ' Extension', ' Garden',
  ' Enclave', ' 1st Stage', ' 2nd Stage', ' 3rd Phase', ' 5th Block', ' Cross', ' Gate', ' Village', ' Lake Road',
  ' Temple Road', ' Town', ' Circle', ' Industrial Area', ' Township', ' Hills', ' East, Outer Ring Road', ' West',
]; // biome-ignore format: a table

const encoder = new TextEncoder();
const hash = (text: string) => murmurHash2(encoder.encode(text));

/** The tier's level moved by up to ±18 %, always the same for the same name. */
function rateOf(name: string, tier: number): number {
  return TIER_RATES[tier]! * (0.82 + (0.36 * (hash(`rate ${name}`) % 10_000)) / 10_000);
}

function makePlaces(): Place[] {
  const famous = FAMOUS.map(([name, tier]) => ({ name, ratePerSqft: rateOf(name, tier) }));
  const invented = STEMS.flatMap((stem) => ENDINGS.map((ending) => `${stem}${ending}`))
    .sort((a, b) => hash(a) - hash(b))
    .map((name) => {
      const share = (hash(`tier ${name}`) % 1_000) / 1_000;
      const tier = share < 0.25 ? 0 : share < 0.6 ? 1 : share < 0.83 ? 2 : share < 0.95 ? 3 : 4;
      return { name, ratePerSqft: rateOf(name, tier) };
    });
  return [...famous, ...invented];
}

/** About 1,450 places, the most listed first. */
export const PLACES: readonly Place[] = makePlaces();

const rates = new Map(PLACES.map(({ name, ratePerSqft }) => [categoryKey(name), ratePerSqft]));

/** Planted price level of a location however it is spelled, rupees per square foot. */
export function rateOfLocation(location: string): number {
  return rates.get(categoryKey(location)) ?? UNKNOWN_RATE;
}
