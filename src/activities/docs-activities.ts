import { getClient } from '@temporalio/activity';
import type { DocsCollection } from '../domain/integration.ts';
import { DOCS_SYNC_WORKFLOW, docsSyncStart, type Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import type { DocsConnection } from './docs-connection.ts';

/** What an account's Docs key opens, and what of it is used. */
export function createDocsActivities({ storage }: Pick<ActivityDeps, 'storage'>, docs: DocsConnection) {
  const startSync = async (scope: Scope) => {
    await getClient().workflow.signalWithStart(DOCS_SYNC_WORKFLOW, docsSyncStart(scope));
  };

  return {
    /** The Docs collections that the entered Docs key may read, or the one in use: the test of a newly entered key. */
    async listDocsCollections(scope: Scope): Promise<DocsCollection[]> {
      const { organizationId, integrationId } = scope;
      const collections = await docs.withEnteredDocsKey(scope, (client) => client.listCollections());
      const mapped = (await storage.integrations.get(organizationId, integrationId))?.docs.mappedCollectionIds ?? [];
      await storage.integrations.update(organizationId, integrationId, {
        docs: { connected: true, collections, mappedCollectionIds: mapped },
      });
      // A new key may open what the one before could not.
      if (mapped.length > 0) await startSync(scope);
      return collections;
    },

    /** Stores which collections are used, and has their articles read. Safe to repeat. @returns how many there are */
    async saveDocsMapping(scope: Scope, { collectionIds }: { collectionIds: string[] }): Promise<number> {
      const { organizationId, integrationId } = scope;
      const docs = (await storage.integrations.get(organizationId, integrationId))?.docs;
      if (!docs) return 0;
      const mappedCollectionIds = collectionIds.filter((id) =>
        docs.collections.some((known) => known.collectionId === id),
      );
      await storage.integrations.update(organizationId, integrationId, { docs: { ...docs, mappedCollectionIds } });
      await storage.collectionSyncs.map(organizationId, integrationId, mappedCollectionIds);
      await startSync(scope);
      return mappedCollectionIds.length;
    },
  };
}
