import { isCancellation, setCurrentDetails, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { helpScoutForScans, house } from './activity-profiles.ts';
import { type Scope, syncDocsSignal } from './contract.ts';
import { failureCause } from './failure-code.ts';

/** Waits for the key's ten minutes to have room again, one after another, before the next scheduled sync is left to it. */
const MOST_WAITS = 12;

/**
 * Brings the articles of an integration's mapped collections up to date: new and changed ones are read, removed ones go.
 * A collection that cannot be read says so on the integration's page and keeps the others waiting for nothing. Whoever
 * asks while it runs has it go round once more.
 */
export async function docsSync(scope: Scope): Promise<void> {
  let asked = true;
  setHandler(syncDocsSignal, () => {
    asked = true;
  });
  for (let round = 1; asked; round++) {
    asked = false;
    const syncId = `${workflowInfo().runId}/${round}`;
    const failed: SyncErrorCode[] = [];
    const collectionIds = await house.openDocsSync(scope);
    for (const [at, collectionId] of collectionIds.entries()) {
      setCurrentDetails(`Reading collection ${at + 1} of ${collectionIds.length}`);
      const error = await syncCollection(scope, collectionId, syncId);
      if (error) failed.push(error);
    }
    await house.closeDocsSync(scope);
    setCurrentDetails(`${collectionIds.length - failed.length} of ${collectionIds.length} collections are up to date`);
  }
}

/** @returns why it failed; undefined when it did not */
async function syncCollection(scope: Scope, collectionId: string, syncId: string): Promise<SyncErrorCode | undefined> {
  const helpScout = helpScoutForScans(scope);
  let waits = 0;
  for (let page: number | null = 1; ; ) {
    try {
      while (page !== null) page = await helpScout.syncDocsPage(scope, { collectionId, syncId, page });
      while (await helpScout.closeDocsCollection(scope, { collectionId, syncId })) waits = 0;
      return undefined;
    } catch (error) {
      if (isCancellation(error)) throw error;
      const { code, waitMs } = failureCause(error);
      if (waitMs !== undefined && waits < MOST_WAITS) {
        waits += 1;
        await sleep(waitMs);
        continue;
      }
      await house.failDocsCollection(scope, { collectionId, error: code });
      return code;
    }
  }
}
