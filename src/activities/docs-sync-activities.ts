import { getClient, heartbeat } from '@temporalio/activity';
import { libraryOf } from '../docs-search/library.ts';
import { indexTermsOf, profileOf } from '../docs-search/profile.ts';
import { TERMS_VERSION } from '../docs-search/terms.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { articleText } from '../helpscout/docs/article-text.ts';
import type { DocsArticleReference } from '../helpscout/docs/shapes.ts';
import { HelpScoutNotFound } from '../helpscout/errors.ts';
import { DOCS_SYNC_WORKFLOW, docsSyncStart, type Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import type { DocsConnection } from './docs-connection.ts';

/** Calls that find out whether an article which was not listed is gone, at most in one go. */
const ASKED_AT_ONCE = 100;

/** One page of a collection in one sync. */
export interface DocsPageRequest {
  collectionId: string;
  /** Names the sync: what it has seen is there. */
  syncId: string;
  page: number;
}

/**
 * Changes whenever the article may have: Help Scout's last edit, or publication, and our own way of reading. `updatedAt`
 * is null until the first edit.
 */
const versionOf = ({ name, updatedAt, lastPublishedAt, createdAt }: DocsArticleReference) =>
  [TERMS_VERSION, updatedAt ?? createdAt ?? '', lastPublishedAt ?? '', name].join('|');

/** Help articles: read from Docs, kept as text. Ids alone go in and out. */
export function createDocsSyncActivities(
  { storage, now }: Pick<ActivityDeps, 'storage' | 'now'>,
  docs: DocsConnection,
) {
  const start = async (scope: Scope) => {
    await getClient().workflow.signalWithStart(DOCS_SYNC_WORKFLOW, docsSyncStart(scope));
  };

  return {
    /** Starts the sync of every connection that has mapped collections; one that runs goes round once more. */
    async startDocsSyncs(): Promise<void> {
      for (const { organizationId } of await storage.organizations.list()) {
        for (const { integrationId, state, docs } of await storage.integrations.list(organizationId)) {
          const works = docs.connected && state !== 'disconnected' && state !== 'paused';
          if (works && docs.mappedCollectionIds.length > 0) await start({ organizationId, integrationId });
        }
        heartbeat(organizationId);
      }
    },

    /** What is to be synced. Articles of collections that are not mapped any more are removed here. */
    async openDocsSync({ organizationId, integrationId }: Scope): Promise<string[]> {
      const docs = (await storage.integrations.get(organizationId, integrationId))?.docs;
      const collectionIds = docs?.mappedCollectionIds ?? [];
      await storage.collectionSyncs.map(organizationId, integrationId, collectionIds);
      await storage.articles.removeOthers(organizationId, integrationId, collectionIds);
      return collectionIds;
    },

    /**
     * Reads a page of a collection's list, and the texts of those that are new or changed. Repeated after an interruption
     * it reads only what is left. @returns the next page, null after the last
     */
    async syncDocsPage(scope: Scope, { collectionId, syncId, page }: DocsPageRequest): Promise<number | null> {
      const { organizationId, integrationId } = scope;
      await storage.collectionSyncs.update(organizationId, integrationId, collectionId, { state: 'syncing' });
      return docs.withDocs(scope, async (client) => {
        const listed = await client.articlesPage(collectionId, page).catch(async (error: unknown) => {
          // The collection itself was removed: so are its articles.
          if (error instanceof HelpScoutNotFound) {
            await storage.articles.removeCollection(organizationId, integrationId, collectionId);
          }
          throw error;
        });
        const ids = listed.items.map(({ id }) => id);
        const known = await storage.articles.versions(organizationId, integrationId, collectionId, ids);
        const isKnown = (reference: DocsArticleReference) => known.get(reference.id) === versionOf(reference);
        const same = listed.items.filter(isKnown).map(({ id }) => id);
        await storage.articles.markSeen(organizationId, integrationId, same, syncId);
        for (const reference of listed.items.filter((item) => !isKnown(item))) {
          const { text, keywords } = await client.article(reference.id);
          const article = {
            articleId: reference.id,
            collectionId,
            title: reference.name,
            url: reference.publicUrl ?? '',
            text: articleText(text ?? ''),
            version: versionOf(reference),
          };
          const profile = profileOf({ ...article, keywords: keywords ?? [] });
          const indexed = { article, profile, terms: indexTermsOf(profile) };
          await storage.articles.save(organizationId, integrationId, indexed, syncId);
          heartbeat(reference.id);
        }
        return page < listed.pages && listed.items.length > 0 ? page + 1 : null;
      });
    },

    /**
     * Ends the sync of a collection: what was not listed is asked for one by one, since lists move while they are read,
     * and removed when it is gone, not published or filed elsewhere. @returns whether there is more to ask for
     */
    async closeDocsCollection(scope: Scope, { collectionId, syncId }: Omit<DocsPageRequest, 'page'>): Promise<boolean> {
      const { organizationId, integrationId } = scope;
      const which = { collectionId, syncId, limit: ASKED_AT_ONCE };
      const unseen = await storage.articles.unseen(organizationId, integrationId, which);
      await docs.withDocs(scope, async (client) => {
        for (const articleId of unseen) {
          const there = await client.isPublished(articleId, collectionId);
          if (there) await storage.articles.markSeen(organizationId, integrationId, [articleId], syncId);
          else await storage.articles.remove(organizationId, integrationId, [articleId]);
          heartbeat(articleId);
        }
      });
      if (unseen.length === ASKED_AT_ONCE) return true;
      await storage.collectionSyncs.update(organizationId, integrationId, collectionId, {
        ...{ state: 'synced', error: null, lastSyncedAt: now() },
        articles: await storage.articles.count(organizationId, integrationId, collectionId),
      });
      return false;
    },

    /** A collection could not be synced; what is stored of it stays, and the next sync tries again. */
    async failDocsCollection(
      { organizationId, integrationId }: Scope,
      { collectionId, error }: { collectionId: string; error: SyncErrorCode },
    ): Promise<void> {
      const articles = await storage.articles.count(organizationId, integrationId, collectionId);
      await storage.collectionSyncs.update(organizationId, integrationId, collectionId, {
        ...{ state: 'failed', error, articles },
      });
    },

    /** Makes the statistics that searches weigh terms by, from what is stored now. */
    async closeDocsSync({ organizationId, integrationId }: Scope): Promise<void> {
      const library = await libraryOf(storage.articles.profiles(organizationId, integrationId));
      await storage.articleStatistics.save(organizationId, integrationId, library);
    },
  };
}
