import { type WatchedPage, watchPage } from './browser.js';
import { type Site, startSite } from './site.js';
import type { StandIn } from './stand-in.js';

export interface Operations {
  readonly site: Site;
  /** A new page at a path, in a profile that all share: operations keeps nothing in the browser. */
  visit(path: string): Promise<WatchedPage>;
  /** What was sent to change something. */
  posted(): StandIn['seen'];
  close(): Promise<void>;
}

/** The pages of operations in a browser, in front of services that say what the test wants. */
export async function openOperations(): Promise<Operations> {
  const site = await startSite();
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-IN' });
  return {
    site,
    async visit(path) {
      const opened = await watchPage(context);
      await opened.page.goto(site.origin + path);
      return opened;
    },
    posted: () => site.services.seen.filter(({ method }) => method !== 'GET'),
    close: () => site.close(),
  };
}
