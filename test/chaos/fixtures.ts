import { API_SCOPES } from '../../src/domain/api-key.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import { addApiKey } from '../support/api-client.ts';
import { addContactForm } from '../support/contact-form.ts';

/** Lines of a corpus: a few reports, by many customers, each of a conversation of its own. */
export const reports = (conversations: number) =>
  Array.from({ length: conversations }, (_, index) => ({
    id: `c-${index}`,
    text: `The export of report ${index % 60} stops with error ${index % 60} since this morning. Please fix it.`,
    customerEmail: `person-${index % 300}@client.example`,
  }));

/** A contact form of an address and a message. @returns its key */
export async function addForm(
  { storage, organizationId }: Pick<RunningStack, 'storage' | 'organizationId'>,
  integrationId: string,
  [mailboxId = 0]: number[],
): Promise<string> {
  const field = { required: true, options: [] };
  const { key } = await addContactForm(storage, organizationId, {
    integrationId,
    mailboxId,
    fields: [
      { ...field, name: 'email', label: 'E-mail', type: 'email', purpose: 'email' },
      { ...field, name: 'message', label: 'Message', type: 'textarea', purpose: 'message' },
    ],
    assigneeId: null,
    tags: [],
  });
  return key;
}

/** A key that may do everything. */
export async function addKey({ storage, organizationId }: RunningStack): Promise<string> {
  await storage.settings.save(organizationId, { customers: { mode: 'realTime', emailTaken: 'match' } });
  return (await addApiKey(storage, organizationId, { scopes: API_SCOPES })).secret;
}
