import { cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { createDocsClient } from '../helpscout/docs/client.ts';
import { HelpScoutUnauthorized } from '../helpscout/errors.ts';
import type { Urgency } from '../storage/rate-window.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

type DocsClient = ReturnType<typeof createDocsClient>;

/** Opens Help Scout Docs for one integration, with its stored key and the key's own budget. */
export function createDocsConnection(
  { storage, keyRing, helpScout }: Pick<ActivityDeps, 'storage' | 'keyRing' | 'helpScout'>,
  connections: Connections,
) {
  return {
    /** @throws ApplicationFailure, by failures.ts; a key that is missing or refused is final until a person replaces it */
    async withDocs<T>(
      scope: Scope,
      work: (client: DocsClient) => Promise<T>,
      urgency: Urgency = 'background',
    ): Promise<T> {
      const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
      if (!secrets?.docsKey) throw ApplicationFailure.nonRetryable('there is no Docs key', 'authenticationFailed');
      try {
        const client = createDocsClient({
          docsUrl: helpScout.docsUrl,
          apiKey: keyRing.decrypt(secrets.docsKey, { ...scope, purpose: 'docsKey' }),
          budget: connections.docsBudget(scope, urgency),
          signal: cancellationSignal(),
          onRefused: connections.noteRefused(scope),
          onUnsettled: (error) => log.warn('the budget could not be settled', { reason: String(error) }),
        });
        return await work(client);
      } catch (error) {
        if (error instanceof HelpScoutUnauthorized) {
          throw ApplicationFailure.nonRetryable('the Docs key is not accepted', 'authenticationFailed');
        }
        throw toApplicationFailure(error);
      }
    },
  };
}
export type DocsConnection = ReturnType<typeof createDocsConnection>;
