import { createKeyRing } from '../../src/security/key-ring.ts';
import {
  connectUpdate,
  INTEGRATION_WORKFLOW,
  type IntegrationInput,
  integrationWorkflowId,
  selectMailboxesUpdate,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { RunningStack } from '../../test/e2e/running-stack.ts';

export interface Tenant {
  organizationId: string;
  integrationId: string;
}

/** Of those connected side by side: more would only wait for the sandbox. */
const AT_ONCE = 4;

/** Connects integrations of many organizations to the sandbox, as people would in their browsers, and starts their scans. */
export async function connectMany(
  { stack, storage, temporal }: RunningStack,
  { organizations, integrationsEach }: { organizations: number; integrationsEach: number },
): Promise<Tenant[]> {
  const keyRing = createKeyRing(stack.environment.ENCRYPTION_KEYS ?? '');
  const connect = async (organizationId: string): Promise<Tenant> => {
    const { integrationId } = await storage.integrations.create(organizationId);
    const code = await authorize(stack.urls.sandbox ?? '', stack.environment.HELPSCOUT_APP_ID ?? '');
    const ciphertext = keyRing.encrypt(code, { organizationId, integrationId, purpose: 'authorizationCode' });
    await storage.integrations.saveAuthorizationCode(organizationId, integrationId, ciphertext);
    const settings = { scanWindowDays: 36_500, quietMs: 1_000, quietMaxMs: 3_000, reconcileMs: 900_000 };
    const input: IntegrationInput = { organizationId, integrationId, settings };
    const workflow = await temporal.workflow.start(INTEGRATION_WORKFLOW, {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [input],
    });
    const { mailboxes } = await workflow.executeUpdate(connectUpdate);
    const mailboxIds = mailboxes.map(({ mailboxId }) => mailboxId);
    await workflow.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds }] });
    return { organizationId, integrationId };
  };

  const wanted: string[] = [];
  for (let number = 1; number <= organizations; number += 1) {
    const { organizationId } = await storage.organizations.create({ name: `Organization ${number}`, timeZone: 'UTC' });
    wanted.push(...Array.from({ length: integrationsEach }, () => organizationId));
  }
  const tenants: Tenant[] = [];
  const work = async () => {
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      tenants.push(await connect(next));
      if (tenants.length % 20 === 0) console.log(`${tenants.length} connected`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tenants;
}

/** Agrees on the sandbox's authorize page. @returns the code that it sends people back with */
async function authorize(sandboxUrl: string, appId: string): Promise<string> {
  const answer = await fetch(`${sandboxUrl}/authentication/authorizeClientApplication`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: appId, decision: 'authorize' }),
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
