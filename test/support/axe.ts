import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core calls serious or critical on the page as it stands: the rule, and the elements that break it. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script element, which the content policy of the pages forbids.
  await page.evaluate(await readFile(axeScript, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>(
    // Style sheets are not fetched again by script, which some pages' content policy forbids.
    'axe.run(document, { resultTypes: ["violations"], preload: false })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
