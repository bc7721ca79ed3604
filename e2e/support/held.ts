import type { Page, Route } from 'playwright-core';

interface Held {
  /** Ends when the first was asked for. */
  asked: Promise<void>;
  release(): void;
}

/** What a page reads from there is held until it is released, as if the network were slow. */
export async function holdReads(page: Page, url: string): Promise<Held> {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const hold = async (route: Route) => {
    if (route.request().method() !== 'GET') return route.continue();
    asked.resolve();
    await released.promise;
    await route.continue();
  };
  await page.route(url, hold);
  return { asked: asked.promise, release: released.resolve };
}
