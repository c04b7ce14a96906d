import type { Page } from 'playwright-core';

/** Fills the sign-in form that the page shows, and waits until the app lets in. */
export async function fillSignIn(
  page: Page,
  { email, password }: { email: string; password: string | null },
): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Connects Help Scout, from the page of integrations to the integration's own. @returns the integration's id */
export async function connectHelpScout(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/settings/integrations`);
  await page.getByRole('button', { name: 'Connect Help Scout' }).click();
  await page.waitForURL(/authentication/);
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.waitForURL(/\/settings\/integrations\/[0-9a-f-]+/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
