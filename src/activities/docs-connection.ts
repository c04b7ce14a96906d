import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { createDocsClient } from '../helpscout/docs/client.ts';
import { HelpScoutUnauthorized } from '../helpscout/errors.ts';
import type { Urgency } from '../storage/rate-window.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

/** As often as activity-profiles.ts tries for a person. */
const TRIES_FOR_PERSON = 3;

type DocsClient = ReturnType<typeof createDocsClient>;

/** Opens Help Scout Docs for one integration, with its stored key and the key's own budget. */
export function createDocsConnection(
  { storage, keyRing, helpScout }: Pick<ActivityDeps, 'storage' | 'keyRing' | 'helpScout'>,
  connections: Connections,
) {
  const open = (scope: Scope, ciphertext: string, urgency: Urgency) =>
    createDocsClient({
      docsUrl: helpScout.docsUrl,
      apiKey: keyRing.decrypt(ciphertext, { ...scope, purpose: 'docsKey' }),
      budget: connections.docsBudget(scope, urgency),
      signal: cancellationSignal(),
      onRefused: connections.noteRefused(scope),
      onUnsettled: (error) => log.warn('the budget could not be settled', { reason: String(error) }),
    });

  const run = async <T>(client: DocsClient, work: (client: DocsClient) => Promise<T>): Promise<T> => {
    try {
      return await work(client);
    } catch (error) {
      if (error instanceof HelpScoutUnauthorized) throw notAccepted();
      throw toApplicationFailure(error);
    }
  };

  return {
    /** @throws ApplicationFailure, by failures.ts; a key that is missing or refused is final until a person replaces it */
    async withDocs<T>(
      scope: Scope,
      work: (client: DocsClient) => Promise<T>,
      urgency: Urgency = 'background',
    ): Promise<T> {
      const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
      if (!secrets?.docsKey) throw ApplicationFailure.nonRetryable('there is no Docs key', 'authenticationFailed');
      return run(open(scope, secrets.docsKey, urgency), work);
    },

    /**
     * Reads with the key that a person entered last, or else with the one in use: the first test of a new key. One that
     * works takes the place of the one in use; one that is refused is forgotten, and the one in use stays.
     */
    async withEnteredDocsKey<T>(scope: Scope, work: (client: DocsClient) => Promise<T>): Promise<T> {
      const { organizationId, integrationId } = scope;
      const entered = (await storage.integrations.secrets(organizationId, integrationId))?.newDocsKey;
      if (!entered) return this.withDocs(scope, work, 'interactive');
      try {
        const result = await run(open(scope, entered, 'interactive'), work);
        await storage.integrations.adoptDocsKey(organizationId, integrationId, entered);
        return result;
      } catch (error) {
        // Whatever answers "not found" to this is not Docs with such a key.
        const refused =
          error instanceof ApplicationFailure && error.type === 'conversationGone' ? notAccepted() : error;
        const isFinal = refused instanceof ApplicationFailure && refused.nonRetryable;
        if (isFinal || activityInfo().attempt >= TRIES_FOR_PERSON) {
          await storage.integrations.refuseDocsKey(organizationId, integrationId, entered);
        }
        throw refused;
      }
    },
  };
}
export type DocsConnection = ReturnType<typeof createDocsConnection>;

const notAccepted = () => ApplicationFailure.nonRetryable('the Docs key is not accepted', 'authenticationFailed');
