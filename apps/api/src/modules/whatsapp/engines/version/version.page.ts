/**
 * The network's own page says which version of its web client is current: WhatsApp's service worker carries
 * `"client_revision":1043857760`, which is the last of the three numbers.
 */
import type { Line } from '../line.js';

const PAGE = 'https://web.whatsapp.com/sw.js';
const WITHIN_MS = 10_000;
/** The page is for browsers; it is refused to what does not look like one. */
const HEADERS = {
  'sec-fetch-site': 'none',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
};
const REVISION = /\\?"client_revision\\?":\s*(\d+)/;

/** Where the page of the network is that is spoken to at this address; WhatsApp's own without one. */
export function versionPageOf(url: string | undefined): string {
  if (url === undefined) return PAGE;
  const page = new URL('/sw.js', url);
  page.protocol = page.protocol === 'wss:' ? 'https:' : 'http:';
  return page.href;
}

/** Rejects when the page does not answer in time, or says nothing of a version. */
export async function readVersionPage(page: string, line?: Line): Promise<string> {
  const by = line && ({ dispatcher: line.dispatcher } as RequestInit);
  const response = await fetch(page, { ...by, headers: HEADERS, signal: AbortSignal.timeout(WITHIN_MS) });
  const revision = response.ok ? REVISION.exec(await response.text())?.[1] : undefined;
  if (!revision) throw new Error(`${page} tells no version (HTTP ${response.status})`);
  return `2.3000.${revision}`;
}
