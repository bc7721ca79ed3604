import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const MEND = 'No browser for the browser tests: install Chromium, or set CHROMIUM_PATH to one.';

/** Hears a tone where a person would speak, and asks nobody whether it may. */
export const WITH_MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** CHROMIUM_PATH, a browser of the system, the one that npm ships (Linux on x64), or one that Playwright installed. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...QUIET, ...more];
  const own = ofSystem();
  if (own) return chromium.launch({ executablePath: own, args });
  const shipped = await shippedBrowser();
  if (shipped)
    return chromium.launch({ executablePath: await shipped.executablePath(), args: [...shipped.args, ...args] });
  return chromium.launch({ args }).catch((error) => Promise.reject(new Error(MEND, { cause: error })));
}

const ofSystem = () => process.env.CHROMIUM_PATH ?? SYSTEM.find((path) => existsSync(path));

const shippedBrowser = async () =>
  process.platform === 'linux' && process.arch === 'x64' ? (await import('@sparticuz/chromium')).default : undefined;

/** It comes packed; two that start it at once for the first time would write one file. */
export async function unpackBrowser(): Promise<void> {
  if (!ofSystem()) await (await shippedBrowser())?.executablePath();
}
