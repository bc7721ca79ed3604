import type { Page } from 'playwright-core';

/** Sets how many bytes per second this page may send; 0 is as fast as it can. */
export async function throttle(page: Page): Promise<(uploadThroughput: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return (uploadThroughput) =>
    session
      .send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: uploadThroughput || -1,
      })
      .then(() => undefined);
}
