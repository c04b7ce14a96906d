import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { shared } from './shared.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = () => process.env.CHROME_BIN ?? PLACES.find((path) => existsSync(path));

/** Whether pages can be tested here. `npm test` installs Chromium where it can, and sets CHROME_BIN. */
export const chromeIsHere = () => executable() !== undefined;

/** A headless Chromium that reaches for nothing but the pages it is sent to. */
export function openChrome(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable() ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Chromium for the tests of the surrounding `describe`, which are skipped where there is none. */
export function useChrome(): Pick<Browser, 'newContext' | 'newPage'> {
  before(function () {
    if (!chromeIsHere()) this.skip();
  });
  return shared(async (thenStop) => {
    const chrome = await openChrome();
    thenStop(() => chrome.close());
    return {
      newContext: (options) => chrome.newContext(options),
      newPage: (options) => chrome.newPage(options),
    };
  });
}
