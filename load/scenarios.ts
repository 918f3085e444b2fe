/** The k6 scripts of tests/load, by name, with what each is for and how long it takes at a time scale of 1. */
export const scenarios = {
  smoke: { what: 'does it work at all: light traffic', lasts: '30 s' },
  average: { what: 'an average day, pressed together', lasts: '10 min' },
  stress: { what: 'four times the average, held', lasts: '8 min' },
  spike: { what: 'ten times the average within seconds, and the time after', lasts: '3 min' },
  soak: { what: 'the average for hours: leaks and growth', lasts: '4 h' },
  breakpoint: { what: 'ever more until it is too slow or fails: the limit', lasts: 'up to 20 min' },
  feedback: { what: 'users who ask, rate and change their mind', lasts: '2 min' },
  'sticky-split': { what: 'each user stays with one variant; the candidate gets its share', lasts: 'about 10 s' },
} as const;

export type ScenarioName = keyof typeof scenarios;

export const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);
