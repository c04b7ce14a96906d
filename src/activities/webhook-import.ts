import { cancellationSignal, log } from '@temporalio/activity';
import type { Scope } from '../workflows/contract.ts';
import type { createClassifyActivities } from './classify-activities.ts';
import { syncErrorCode } from './failures.ts';
import type { createImportActivities, ImportResult } from './import-activities.ts';

type ImportConversations = ReturnType<typeof createImportActivities>['importConversations'];
type ClassifyConversations = ReturnType<typeof createClassifyActivities>['classifyConversations'];

/**
 * Reading what webhooks told of, and classifying it at once where nobody is paid or waited for: a webhook then takes six
 * events less of the integration's history. What a paid model answers is an activity of its own, tried again for itself.
 */
export function createWebhookImport(
  importConversations: ImportConversations,
  classifyConversations: ClassifyConversations,
) {
  return {
    async importConversations(scope: Scope, request: Parameters<ImportConversations>[1]): Promise<ImportResult> {
      const read = await importConversations(scope, request);
      if (read.changed.length === 0) return read;
      const { batchId, workflowId } = request;
      const wish = { batchId, workflowId, conversationIds: read.changed, onlyFree: true };
      try {
        const done = await classifyConversations(scope, wish);
        return { ...read, changed: done.left ?? [], log: [...read.log, ...done.log] };
      } catch (error) {
        if (cancellationSignal().aborted) throw error;
        log.warn('What was read is classified by an activity of its own', { code: syncErrorCode(error) });
        return read;
      }
    },
  };
}
