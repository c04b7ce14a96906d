import type { Stack } from '../stack.ts';
import { createWebClient } from './web-client.ts';
import { submitForm } from './web-form.ts';

/**
 * Does what a person does in the browser: signs in, connects Help Scout (here the sandbox), agrees on its authorise
 * page, chooses all mailboxes.
 * @returns the id of the new integration.
 */
export async function connectSandbox(stack: Stack): Promise<string> {
  const { account, urls } = stack;
  if (!account?.password) throw new Error('The demo needs the account that an empty database is given.');
  const client = createWebClient();
  const signIn = await client.get(`${urls.api}/sign-in`);
  await submitForm(client, signIn, /\/sign-in$/, { email: account.email, password: account.password });

  const settings = await client.get(`${urls.api}/settings/integrations`);
  const authorize = await submitForm(client, settings, /\/connect$/);
  const connected = await submitForm(client, authorize, /\/authentication\//, { decision: 'authorize' });
  const integrationId = /\/settings\/integrations\/([^/]+)/.exec(connected.url.pathname)?.[1];
  if (!integrationId) throw new Error(`Connecting ended on ${connected.url.pathname} (status ${connected.status}).`);

  const integration = await client.get(`${urls.api}/settings/integrations/${integrationId}`);
  await submitForm(client, integration, /\/mailboxes$/, {}, ['mailboxIds']);
  return integrationId;
}
