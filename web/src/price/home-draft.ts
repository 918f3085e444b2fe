import { type AreaType, areaTypes, type Home } from '../api/prediction.js';

/** The form as typed: every field is text until it has been checked. Named as the API names them. */
export type HomeDraft = Readonly<Record<keyof Home, string>>;
export type HomeField = keyof Home;
export type HomeProblems = Readonly<Partial<Record<HomeField, string>>>;

export const homeFields: readonly HomeField[] = ['location', 'total_sqft', 'bhk', 'bath', 'balcony', 'area_type'];

export const emptyDraft: HomeDraft = {
  location: '',
  total_sqft: '1200',
  bhk: '2',
  bath: '2',
  balcony: '1',
  area_type: areaTypes[0],
};

/** What the form accepts. The service may be stricter for its model; its answer is then shown at the field. */
export const limits = {
  total_sqft: { least: 100, most: 50_000 },
  bhk: { least: 1, most: 20 },
  bath: { least: 1, most: 20 },
  balcony: { least: 0, most: 10 },
} as const;

const counted = { bhk: 'bedrooms', bath: 'bathrooms', balcony: 'balconies' } as const;

function checkCount(field: keyof typeof counted, text: string): string | undefined {
  const { least, most } = limits[field];
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    return `Give the number of ${counted[field]} as a whole number from ${least} to ${most}.`;
  }
  return undefined;
}

/** People write 1,200 as well as 1200. */
const plainNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replaceAll(/[,\s]/g, '')));

function checkArea(text: string): string | undefined {
  const { least, most } = limits.total_sqft;
  const value = plainNumber(text);
  if (Number.isFinite(value) && value >= least && value <= most) return undefined;
  return `Give the area in square feet, from ${least} to ${most.toLocaleString('en-IN')}.`;
}

/** The location as the service spells it, whatever case it was typed in. */
function findLocation(text: string, locations: readonly string[] | null): string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  // without the list (it did not load) the service is left to judge
  if (locations === null) return typed;
  const lower = typed.toLowerCase();
  return locations.find((name) => name === typed) ?? locations.find((name) => name.toLowerCase() === lower);
}

/** @returns the home, or what is wrong by field, saying what is allowed */
export function checkHome(
  draft: HomeDraft,
  locations: readonly string[] | null,
): { readonly home: Home; readonly problems: null } | { readonly home: null; readonly problems: HomeProblems } {
  const location = findLocation(draft.location, locations);
  const areaType = areaTypes.find((type) => type === draft.area_type);
  const problems = Object.fromEntries(
    Object.entries({
      location:
        location === undefined
          ? draft.location.trim() === ''
            ? 'Choose a location: type a few letters and pick from the list.'
            : `“${draft.location.trim()}” is not in the list. Pick one of the suggestions.`
          : undefined,
      total_sqft: checkArea(draft.total_sqft),
      bhk: checkCount('bhk', draft.bhk),
      bath: checkCount('bath', draft.bath),
      balcony: checkCount('balcony', draft.balcony),
      area_type: areaType === undefined ? `Choose one of: ${areaTypes.join(', ')}.` : undefined,
    }).filter(([, problem]) => problem !== undefined),
  ) as HomeProblems;
  if (location === undefined || areaType === undefined || Object.keys(problems).length > 0) {
    return { home: null, problems };
  }
  const [bhk, bath, balcony] = [Number(draft.bhk), Number(draft.bath), Number(draft.balcony)];
  return {
    home: { location, total_sqft: plainNumber(draft.total_sqft), bhk, bath, balcony, area_type: areaType as AreaType },
    problems: null,
  };
}

/** `?location=Whitefield&total_sqft=1200&…`: an estimate as an address. */
export function toQuery(home: Home): string {
  return `?${new URLSearchParams(homeFields.map((field): [string, string] => [field, String(home[field])]))}`;
}

/** The draft an address describes; null when it names no location, so that a bare `/` starts empty. */
export function fromQuery(query: URLSearchParams): HomeDraft | null {
  if (query.get('location') === null) return null;
  return Object.fromEntries(
    homeFields.map((field) => [field, query.get(field) ?? emptyDraft[field]]),
  ) as unknown as HomeDraft;
}
