import { cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { DocsCollection } from '../domain/integration.ts';
import { createDocsClient } from '../helpscout/docs/client.ts';
import { HelpScoutNotFound, HelpScoutUnauthorized } from '../helpscout/errors.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

/** What an account's Docs key opens. */
export function createDocsActivities({ storage, keyRing, helpScout }: ActivityDeps, connections: Connections) {
  return {
    /** The Docs collections that the stored Docs key may read; also the test of a newly entered key. */
    async listDocsCollections(scope: Scope): Promise<DocsCollection[]> {
      const { organizationId, integrationId } = scope;
      const secrets = await storage.integrations.secrets(organizationId, integrationId);
      if (!secrets?.docsKey) throw ApplicationFailure.nonRetryable('there is no Docs key', 'authenticationFailed');
      try {
        const apiKey = keyRing.decrypt(secrets.docsKey, { ...scope, purpose: 'docsKey' });
        const collections = await createDocsClient({
          docsUrl: helpScout.docsUrl,
          apiKey,
          budget: connections.docsBudget(scope),
          signal: cancellationSignal(),
          onRefused: connections.noteRefused(scope),
        }).listCollections();
        const mapped = (await storage.integrations.get(organizationId, integrationId))?.docs.mappedCollectionIds ?? [];
        await storage.integrations.update(organizationId, integrationId, {
          docs: { connected: true, collections, mappedCollectionIds: mapped },
        });
        return collections;
      } catch (error) {
        if (error instanceof HelpScoutUnauthorized || error instanceof HelpScoutNotFound) {
          throw ApplicationFailure.nonRetryable('the Docs key is not accepted', 'authenticationFailed');
        }
        throw toApplicationFailure(error);
      }
    },

    async saveDocsMapping(scope: Scope, { collectionIds }: { collectionIds: string[] }): Promise<number> {
      const { organizationId, integrationId } = scope;
      const docs = (await storage.integrations.get(organizationId, integrationId))?.docs;
      if (!docs) return 0;
      const mappedCollectionIds = collectionIds.filter((id) =>
        docs.collections.some((known) => known.collectionId === id),
      );
      await storage.integrations.update(organizationId, integrationId, { docs: { ...docs, mappedCollectionIds } });
      return mappedCollectionIds.length;
    },
  };
}
