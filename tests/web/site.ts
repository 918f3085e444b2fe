import type { Browser } from 'playwright-core';
import { abTestAnswers } from './answers/ab-test-answers.js';
import { controlAnswers } from './answers/control-answers.js';
import { predictionAnswers } from './answers/prediction-answers.js';
import { launchBrowser } from './browser.js';
import { type Answers, type StandIn, startStandIn } from './stand-in.js';
import { startWebApp } from './web-app.js';

export interface Site {
  readonly origin: string;
  readonly browser: Browser;
  /** Both services behind the web server. */
  readonly services: StandIn;
  /** Everything well again, as at the start. */
  reset(changes?: Answers): void;
  close(): Promise<void>;
}

/** The web app with a browser, in front of services that say what the test wants. */
export async function startSite(): Promise<Site> {
  const services = await startStandIn({});
  const app = await startWebApp(services.origin, services.origin, undefined, { iris: services.origin });
  const browser = await launchBrowser();
  return {
    origin: app.origin,
    browser,
    services,
    reset(changes = {}) {
      services.seen.length = 0;
      for (const key of Object.keys(services.answers)) delete services.answers[key];
      Object.assign(services.answers, predictionAnswers(), controlAnswers(), abTestAnswers(), changes);
    },
    async close() {
      await browser.close();
      await app.close();
      await services.close();
    },
  };
}
