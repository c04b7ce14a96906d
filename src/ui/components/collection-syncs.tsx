import type { CollectionSync } from '../../domain/article.ts';
import type { DocsCollection } from '../../domain/integration.ts';
import type { SyncErrorCode } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { type Clock, plural } from '../format.ts';
import { Badge } from './badge.tsx';
import { Time } from './content.tsx';

const STATES = {
  waiting: { text: 'Waiting', tone: 'neutral', icon: 'clock' },
  syncing: { text: 'Reading', tone: 'blue', icon: 'clock' },
  synced: { text: 'Up to date', tone: 'green', icon: 'check' },
  failed: { text: 'Failed', tone: 'red', icon: 'alert' },
} as const;

/** What some codes mean where articles are read; the others mean the same everywhere. */
const DOCS_TEXT: Partial<Record<SyncErrorCode, { message: string; remedy: string }>> = {
  authenticationFailed: {
    message: 'Help Scout Docs does not accept the key.',
    remedy: 'Replace it below; articles are then read at once.',
  },
  forbidden: {
    message: 'The key may not read this collection.',
    remedy: 'Give its user access to the collection, or replace the key by one that has it.',
  },
  conversationGone: {
    message: 'The collection does not exist in Docs any more.',
    remedy: 'Take it out of the choice above.',
  },
  rateLimited: {
    message: 'The calls that the Docs key has in ten minutes were used up.',
    remedy: 'Nothing to do: articles are read again within the hour.',
  },
};

interface CollectionSyncsProps {
  syncs: readonly CollectionSync[];
  collections: readonly DocsCollection[];
  clock: Clock;
}

/** Of each mapped collection: whether its articles are up to date, since when, and what is in the way. */
export function CollectionSyncs({ syncs, collections, clock }: CollectionSyncsProps) {
  const known = collections.flatMap(({ collectionId, name }) => {
    const sync = syncs.find((candidate) => candidate.collectionId === collectionId);
    return sync ? [{ ...sync, name }] : [];
  });
  if (known.length === 0) return null;
  return (
    <ul class="log-list" aria-label="Articles of the mapped collections">
      {known.map(({ collectionId, name, state, articles, lastSyncedAt, error }) => {
        const text = error && (DOCS_TEXT[error] ?? SYNC_ERROR_TEXT[error]);
        return (
          <li key={collectionId}>
            <span class="stacked">
              {name}
              <span class="sub">
                {plural(articles, 'article')} read
                {lastSyncedAt && (
                  <>
                    , last <Time at={lastSyncedAt} clock={clock} />
                  </>
                )}
              </span>
              {text && (
                <span class="sub" role="alert">
                  {text.message} {text.remedy}
                </span>
              )}
            </span>
            <Badge tone={STATES[state].tone} icon={STATES[state].icon}>
              {STATES[state].text}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
