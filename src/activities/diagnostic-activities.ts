import { cancellationSignal, log } from '@temporalio/activity';
import type { Diagnosis, DiagnosisCheck, DiagnosisStep } from '../domain/diagnosis.ts';
import type { Mailbox } from '../domain/integration.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutForbidden } from '../helpscout/errors.ts';
import { collect } from '../helpscout/paging.ts';
import type { TimedAnswer } from '../helpscout/request.ts';
import { readStatusPage } from '../helpscout/status-page.ts';
import type { Scope } from '../workflows/contract.ts';
import {
  budgetFinding,
  clockFinding,
  type Finding,
  failureFinding,
  mailboxFinding,
  ok,
  skipped,
  webhookFinding,
  withLatency,
} from './connection-check.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';

/** Four calls that all time out are told within the time that a person waits (api/temporal/ask.ts). */
const CALL_TIMEOUT_MS = 8_000;

/** Whom tickets can be assigned to. A user who may not see the others leaves us without them, not without a connection. */
export async function assignableUsers(client: HelpScoutClient) {
  try {
    return await collect(client.users.list());
  } catch (error) {
    if (error instanceof HelpScoutForbidden) return [];
    throw error;
  }
}

/** Looking at Help Scout itself: whether it lets us work, and what its status page says. */
export function createDiagnosticActivities(
  { storage, helpScout, publicUrl, now }: Omit<ActivityDeps, 'classifierOf' | 'messageBatchesOf'>,
  connections: Connections,
) {
  const readHelpScoutStatus = async (): Promise<void> => {
    if (!helpScout.statusUrl) return;
    await storage.serviceStatus.save(
      now(),
      await readStatusPage(helpScout.statusUrl, { signal: cancellationSignal() }),
    );
  };

  return {
    /** Reads Help Scout's status page, for everybody. What goes wrong with that is what is stored. */
    readHelpScoutStatus,

    /**
     * Tries the connection step by step, and keeps what it learns: the steps, the mailboxes and the users. What does
     * not work is an answer, not a failure.
     */
    async testConnection(scope: Scope, { by }: { by: string }): Promise<Diagnosis> {
      const { organizationId, integrationId } = scope;
      const integration = await storage.integrations.get(organizationId, integrationId);
      if (!integration) throw new Error('there is no such integration');
      const atMs = now().getTime();
      const all: TimedAnswer[] = [];
      const steps: DiagnosisStep[] = [];
      let isRefused = false;

      const check = async (
        name: DiagnosisCheck,
        look: (client: HelpScoutClient) => Promise<Finding>,
      ): Promise<void> => {
        if (isRefused) {
          steps.push({ check: name, ...withLatency(skipped('Not tried: Help Scout does not accept our access.'), []) });
          return;
        }
        const answers: TimedAnswer[] = [];
        const finding = await connections
          .withHelpScout(scope, look, 'interactive', {
            timeoutMs: CALL_TIMEOUT_MS,
            onAnswer: (answer) => answers.push(answer),
          })
          .catch((error: unknown) => {
            const { code, ...failed } = failureFinding(error);
            isRefused = code === 'authenticationFailed';
            return failed;
          });
        all.push(...answers);
        steps.push({ check: name, ...withLatency(finding, answers) });
      };

      const status = readHelpScoutStatus().catch((error: unknown) =>
        log.warn('the status page could not be stored', { reason: String(error) }),
      );
      await check('user', async (client) => {
        const user = await client.users.me();
        return ok(`Connected as ${user.name} (${user.email}).`);
      });
      let mailboxes: Mailbox[] | null = null;
      await check('mailboxes', async (client) => {
        mailboxes = await client.mailboxes.list();
        return mailboxFinding(mailboxes, integration);
      });
      if (mailboxes) await storage.integrations.update(organizationId, integrationId, { mailboxes });
      await check('users', async (client) => {
        const users = await collect(client.users.list());
        await storage.integrations.update(organizationId, integrationId, { users });
        return ok(`${users.length} can be assigned tickets.`);
      });
      await check('webhook', async (client) => {
        if (integration.selectedMailboxIds.length === 0) return skipped('Made once mailboxes are chosen.');
        const key = await storage.integrations.webhookKey(organizationId, integrationId);
        const url = `${publicUrl}/webhooks/helpscout/${key}`;
        const found = await client.webhooks.findByUrl(url);
        const webhookActive = found.some(({ state }) => state === 'enabled');
        await storage.integrations.update(organizationId, integrationId, { webhookActive });
        return webhookFinding(found, { url, mailboxIds: integration.selectedMailboxIds });
      });
      steps.push({ check: 'clock', ...clockFinding(all), latencyMs: null });
      steps.push({ check: 'budget', ...budgetFinding(all), latencyMs: null });

      const diagnosis = { by, atMs, steps };
      await storage.diagnoses.save(organizationId, integrationId, diagnosis);
      await status;
      return diagnosis;
    },
  };
}
